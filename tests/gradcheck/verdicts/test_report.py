"""What a check found, as numbers."""

import json

import numpy as np
import pytest

from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    KINK,
    UNDECIDED,
    UNTESTED,
    array_report,
    report_of,
)


def test_counts_have_every_verdict_and_sum_to_what_was_checked() -> None:
    array = array_report([AGREE, AGREE, KINK, DISAGREE])
    assert array.counts == {"agree": 2, "disagree": 1, "kink": 1, "undecided": 0, "untested": 0}
    report = report_of(array, array_report([UNTESTED]))
    assert report.counts == {"agree": 2, "disagree": 1, "kink": 1, "undecided": 0, "untested": 1}
    assert report.checked == sum(report.counts.values()) == 5


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ([AGREE], [AGREE], AGREE),
        ([AGREE, UNDECIDED, KINK, UNTESTED], [AGREE], AGREE),
        ([AGREE], [DISAGREE, AGREE], DISAGREE),
        ([UNTESTED], [DISAGREE], DISAGREE),
        ([AGREE], [UNTESTED], UNDECIDED),
        ([AGREE], [UNDECIDED], UNDECIDED),
        ([AGREE], [KINK], UNDECIDED),
        ([UNTESTED], [UNTESTED], UNDECIDED),
    ],
)
def test_the_whole_agrees_only_if_every_array_has_an_entry_that_does(
    first: list[Verdict], second: list[Verdict], verdict: Verdict
) -> None:
    report = report_of(array_report(first), array_report(second))
    assert report.verdict is verdict
    assert report.ok is (verdict is AGREE)


def test_a_report_on_nothing_is_no_pass() -> None:
    assert not report_of().ok


def test_undecided_arrays_are_named() -> None:
    bad = array_report([UNDECIDED], name="layer 2 biases")
    report = report_of(array_report([AGREE]), bad)
    assert report.undecided_arrays == (bad,)


def test_an_array_whose_bars_hide_an_error_of_one_percent_is_undecided() -> None:
    blunt = array_report([AGREE], error_bar=np.array([0.02]), name="layer 2 biases")
    report = report_of(array_report([AGREE]), blunt)
    assert report.undecided_arrays == (blunt,)
    assert report.verdict is UNDECIDED
    assert not report.ok
    assert "none could be confirmed in layer 2 biases" in report.sentence


@pytest.mark.parametrize("bar", [np.inf, np.nan])
def test_an_entry_around_which_the_cost_is_not_finite_is_no_pass(bar: float) -> None:
    edge = array_report([AGREE, UNDECIDED], error_bar=np.array([0.001, bar]))
    report = report_of(array_report([AGREE]), edge)
    assert report.undecided_arrays == ()
    assert report.verdict is UNDECIDED
    assert not report.ok
    # Beside a wrong entry it changes nothing.
    assert report_of(edge, array_report([DISAGREE])).verdict is DISAGREE


def test_a_sample_is_fewer_than_all() -> None:
    array = array_report([AGREE] * 4)
    assert report_of(array, parameters=5).is_sample
    assert not report_of(array, parameters=4).is_sample


def test_to_dict_is_json_even_where_numbers_are_not_finite() -> None:
    array = array_report([DISAGREE, AGREE], backprop=[np.nan, 2.0], numerical=[np.inf, 2.0])
    record = json.loads(json.dumps(report_of(array).to_dict(), allow_nan=False))
    worst = record["arrays"][0]
    assert worst["worst_verdict"] == "disagree"
    assert worst["worst_backprop"] is None
    assert worst["worst_numerical"] is None
    assert worst["max_absolute_error"] is None
    assert worst["worst_error_bar"] == 0.001


def test_to_dict_tells_what_the_report_tells() -> None:
    array = array_report([AGREE, DISAGREE], backprop=[1.0, 2.5])
    report = report_of(array)
    record = report.to_dict()
    assert record["verdict"] == "disagree"
    assert record["counts"] == report.counts
    assert record["checked"] == 2
    assert record["sample"] is True
    assert record["scheme"] == "forward"
    found = record["arrays"][0]
    assert (found["layer"], found["parameter"], found["shape"]) == (1, "weights", [2, 2])
    assert found["worst_index"] == [1, 0]
    assert (found["worst_backprop"], found["worst_numerical"]) == (2.5, 2.0)


def test_a_report_prints_as_text_and_shows_as_html() -> None:
    report = report_of(array_report([AGREE, DISAGREE]))
    assert "layer 1 weights" in str(report)
    shown = report._repr_html_()
    assert "<table>" in shown
    assert '<img src="data:image/png;base64,' in shown
    assert f'alt="{report.sentence}"' in shown
