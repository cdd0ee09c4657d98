"""What is said below the tables of cost-compare, and in place of its figure."""

from dataclasses import replace

import pytest

from gradcheck.costs.cost_row import Case, CostRow, Measured
from gradcheck.costs.notes import (
    BOUND_BY,
    ESTIMATED,
    TOO_NOISY,
    UNSTEADY,
    clock_notes,
    comparison_text,
    differences_notes,
)
from gradcheck.costs.sampled_time import Ratio
from tests.gradcheck.costs.rows import row, spread, steady

NOISY = Measured(spread(20.0, 24.0, 31.0), estimated=True)
IN_TURNS = replace(NOISY, times=Ratio(12_000.0, 11_900.0, 12_100.0))
NOISY_FORWARD = replace(row(), forward=spread(0.5e-3, 1e-3, 3e-3))


def test_the_threads_and_the_rate_of_a_product_are_told() -> None:
    _, one, *_ = clock_notes([row()], 1, 26.04e9, "openblas 0.3")
    _, two, *_ = clock_notes([row()], 2, 26.04e9, "openblas 0.3")
    assert one.text.startswith("Measured with 1 thread, openblas 0.3.")
    assert two.text.startswith("Measured with 2 threads,")
    assert "26.0 multiply-adds per nanosecond" in one.text


def test_what_binds_a_row_is_explained_unless_it_is_arithmetic_everywhere() -> None:
    arithmetic = replace(row(), product_rate=0.3e9)
    assert BOUND_BY in clock_notes([arithmetic, row()], 1, 1e9, "none")
    assert BOUND_BY not in clock_notes([arithmetic], 1, 1e9, "none")


def test_noise_is_explained_where_a_ratio_is_missing() -> None:
    assert TOO_NOISY in clock_notes([row(), NOISY_FORWARD], 1, 1e9, "none")
    assert TOO_NOISY not in clock_notes([row()], 1, 1e9, "none")
    assert "--budget" in TOO_NOISY.text


@pytest.mark.parametrize(
    ("measured", "told", "in_turns"),
    [
        (row(), "(46) one by one takes 11,930 times as long as backprop;", False),
        (
            replace(row(), one_by_one=IN_TURNS),
            "(46) one by one takes 12,000 times as long as backprop (the two measured in turns);",
            True,
        ),
    ],
)
def test_how_many_times_longer_is_told_of_the_largest_network(
    measured: CostRow, told: str, in_turns: bool
) -> None:
    smaller = row(Case((20, 8, 3), 10))
    sentence = differences_notes([smaller, measured])[0].text
    assert sentence.startswith("For the 23,860 parameters of 784-30-10, ")
    assert told in sentence
    assert ("in turns" in sentence) is in_turns
    assert sentence.endswith("on paper, 11,856 times.")


def test_no_ratio_is_told_where_the_times_do_not_support_one() -> None:
    sentence, *others = differences_notes([replace(row(), one_by_one=NOISY)])
    assert "repeated timings of (46) one by one and of backprop differ too much" in sentence.text
    assert "takes 11,856 times as long" in sentence.text
    assert others == [ESTIMATED, UNSTEADY]


def test_marks_are_explained_where_they_stand() -> None:
    full = replace(row(), one_by_one=Measured(steady(23.861), estimated=False))
    assert differences_notes([full])[1:] == []
    assert differences_notes([row()])[1:] == [ESTIMATED]
    assert differences_notes([replace(row(), one_by_one=IN_TURNS)])[1:] == [ESTIMATED, UNSTEADY]


def test_a_figure_in_words_says_what_is_too_noisy_and_ends_each_sentence_once() -> None:
    noisy = replace(NOISY_FORWARD, case=Case((784, 30, 10), 1), one_by_one=NOISY)
    text = comparison_text([row(), noisy])
    assert text == (
        "This figure compares backprop with equation (46). "
        "For 784-30-10 with 10 examples, backprop takes 2.00 forward passes (2.01 on paper), 2 ms; "
        "equation (46) takes 23.9 s (estimated) one by one and 10 ms batched. "
        "For 784-30-10 with one example, backprop takes too noisy a time to tell (2.01 on paper), "
        "2 ms; equation (46) takes 24 s (estimated, noisy) one by one and 10 ms batched."
    )
