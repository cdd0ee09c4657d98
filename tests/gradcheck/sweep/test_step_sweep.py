"""The result of a sweep: as text, in a notebook and as numbers."""

import gradcheck
from gradcheck.show.text import plain_text
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.step_sweep import StepSweep
from tests.gradcheck.problems import problem
from tests.gradcheck.sweep.sweeps import DEFAULT, sweep_of


def test_the_result_prints_shows_and_becomes_json() -> None:
    text = str(DEFAULT)
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()
    assert "Why a V" in text
    assert DEFAULT._repr_html_().count("<table>") == 3
    assert text == plain_text(DEFAULT.parts())
    told = DEFAULT.to_dict()
    assert [each["dtype"] for each in told["dtypes"]] == ["float64", "float32"]
    (forward, *_) = told["dtypes"][0]["curves"]
    assert len(forward["epsilons"]) == len(forward["errors"]) == 52
    assert forward["chosen_epsilon"] in forward["epsilons"]


def test_a_network_with_kinks_is_told_what_they_do_to_the_curves() -> None:
    text = " ".join(str(sweep_of(problem(5, 4, 3, activation="relu"))).split())
    assert "Left out: complex, which needs analytic activations" in text
    assert "An activation has a kink." in text
    assert "kink" not in str(DEFAULT)


def test_an_overflow_is_told_in_words_and_as_null() -> None:
    curve = Curve("forward", (0.5, 0.25), (float("nan"), 0.1), 0.2)
    sweep = StepSweep(
        (DtypeSweep("float64", 1e-16, (curve,), 0.0, 0.0, 0, zero_gradient=False),),
        "complex",
        "batched",
        9,
        9,
        (),
        1,
        0.0,
    )
    assert sweep.to_dict()["dtypes"][0]["curves"][0]["errors"] == [None, 0.1]
    assert "2^-2" in str(sweep)


def test_the_name_in_the_package_stays_the_function() -> None:
    for _ in range(2):
        assert callable(gradcheck.step_sweep)
    assert gradcheck.StepSweep is StepSweep
