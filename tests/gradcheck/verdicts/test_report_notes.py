"""The notes of a report appear where there is a reason, and only there."""

import numpy as np

from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.report_notes import (
    comparison_note,
    count_notes,
    edge_notes,
    kink_notes,
    nearly_notes,
    sample_note,
    stillness_notes,
)
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, KINK, array_report

NOTHING = {"undecided": 0, "untested": 0}


def test_no_reason_no_notes() -> None:
    right = array_report([AGREE, AGREE])
    assert count_notes(NOTHING, 0) == []
    assert kink_notes(right) == edge_notes(right) == []
    assert nearly_notes([right]) == stillness_notes([right]) == []


def test_undecided_and_untested_entries_are_counted_without_the_edges() -> None:
    undecided, untested = count_notes({"undecided": 5, "untested": 2}, 3)
    assert undecided.startswith("Undecided: 2 entries")
    assert untested.startswith("Untested: 2 entries")
    assert count_notes({"undecided": 3, "untested": 0}, 3) == []


def test_kinks_tell_both_slopes() -> None:
    (note,) = kink_notes(array_report([KINK, AGREE]))
    assert note.startswith("Kink: 1 entry of layer 1 weights. At [0, 1] the slope is")


def test_little_differences_are_told_with_the_digits() -> None:
    (note,) = nearly_notes([array_report([AGREE, DISAGREE], backprop=[1.0, 2.00002])])
    assert "equal to 5.0 digits" in note
    assert nearly_notes([array_report([AGREE, DISAGREE], backprop=[1.0, 2.5])]) == []


def test_a_cost_that_stands_still_is_told() -> None:
    still = array_report([AGREE], lowest_slope=np.zeros(1), highest_slope=np.zeros(1))
    assert stillness_notes([still]) == [
        "The cost did not change with any entry: does it use the arrays that it is given?"
    ]


def test_entries_at_an_edge_are_named() -> None:
    (note,) = edge_notes(array_report([AGREE, AGREE], error_bar=np.array([0.1, np.inf])))
    assert "around layer 1 weights [1, 0], however small the step" in note


def test_samples_and_engines() -> None:
    assert sample_note(10, 2000).startswith("A sample: 10 of 2,000 entries")
    assert comparison_note(EngineComparison(4, 0.5, "w", (0,))).endswith("0.50 error bars apart.")
    assert comparison_note(EngineComparison(4, 2.0, "w", (0,))).startswith("FAULT")
