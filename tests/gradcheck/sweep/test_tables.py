"""The tables of step-sweep."""

from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.tables import best_table, error_text, errors_table, power_text
from tests.gradcheck.problems import SCHEME_NAMES
from tests.gradcheck.sweep.sweeps import DEFAULT, DOUBLE, SINGLE, curve_of


def test_the_best_and_the_chosen_step_are_marked_by_signs() -> None:
    errors = errors_table(DOUBLE)
    for column, scheme in enumerate(SCHEME_NAMES, start=2):
        curve = curve_of(DOUBLE, scheme)
        for epsilon, sign in ((curve.best_epsilon, "*"), (curve.chosen_epsilon, ">")):
            marked = [row[0] for row in errors.rows if sign in row[column].split(" ")[0]]
            assert marked == [power_text(epsilon)]


def test_steps_go_from_wide_to_narrow_and_a_scheme_may_end_before_another() -> None:
    table = errors_table(SINGLE)
    steps = [float(row[1]) for row in table.rows]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) == len(steps)
    *differences, complex_step = table.rows[-1][2:]
    assert differences == ["", "", ""]  # w + h would be w
    assert complex_step


def test_the_best_steps_stand_beside_those_of_theory_and_those_that_are_used() -> None:
    table = best_table(DEFAULT.dtypes)
    names = [*SCHEME_NAMES, "backprop"]
    assert [row[0] for row in table.rows] == [
        f"{each.dtype} {name}" for each in DEFAULT.dtypes for name in names
    ]
    forward, *_, complex_step, backprop = table.rows[: len(names)]
    assert forward[1:3] == ("u^(1/2)", "1.1e-08")
    assert forward[5] == "4.8e-07"
    assert complex_step[1:3] == ("", "")
    assert [bool(cell) for cell in backprop[1:]] == [False, False, False, True, False, False]


def test_a_step_that_was_not_tried_has_no_error() -> None:
    curve = Curve("forward", (0.5, 0.25), (0.1, 0.2), 0.2)
    sweep = DtypeSweep("float64", 1e-16, (curve,), 0.0, 0.0, 0, zero_gradient=False)
    assert best_table([sweep]).rows[0][5:] == ("4.8e-07", "")


def test_an_overflow_is_told_in_words() -> None:
    assert error_text(float("nan")) == "overflow"
    assert error_text(1.25e-8) == "1.2e-08"
