"""What a check found, as numbers."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.array_report import (
    ArrayReport,
    norm_ratio,
)
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict

AGREE, DISAGREE, KINK, UNDECIDED, UNTESTED = Verdict


def array_report(
    verdicts: list[Verdict], *, backprop: Any = None, numerical: Any = None, **changes: Any
) -> ArrayReport:
    count = len(verdicts)
    right = np.arange(1.0, count + 1)
    report = ArrayReport(
        name="layer 1 weights",
        layer=1,
        parameter="weights",
        shape=(2, count),
        entries=np.arange(count) + 1,
        backprop=right if backprop is None else np.array(backprop),
        numerical=right if numerical is None else np.array(numerical),
        error_bar=np.full(count, 0.01),
        verdicts=np.array(verdicts, dtype=np.int8),
        lowest_slope=right,
        highest_slope=right,
    )
    return replace(report, **changes)


def report_of(*arrays: ArrayReport, parameters: int = 100) -> Report:
    return Report(
        arrays=arrays,
        scheme="forward",
        epsilon=1e-7,
        engine="one-by-one",
        cost=0.5,
        parameters=parameters,
        evaluations=10,
        seconds=0.1,
    )


def test_counts_have_every_verdict_and_sum_to_what_was_checked() -> None:
    array = array_report([AGREE, AGREE, KINK, DISAGREE])
    assert array.counts == {"agree": 2, "disagree": 1, "kink": 1, "undecided": 0, "untested": 0}
    report = report_of(array, array_report([UNTESTED]))
    assert report.counts == {"agree": 2, "disagree": 1, "kink": 1, "undecided": 0, "untested": 1}
    assert report.checked == sum(report.counts.values()) == 5


@pytest.mark.parametrize(
    ("backprop", "numerical", "ratio"),
    [
        ([3.0, 4.0], [3.0, 4.0], 0.0),
        ([3.0, 4.0], [-3.0, -4.0], 1.0),
        ([3.0, 4.0], [0.0, 0.0], 1.0),
        ([3.0, 0.0], [0.0, 4.0], 5 / 7),
        ([0.0, 0.0], [0.0, 0.0], 0.0),
    ],
)
def test_the_relative_error_is_the_norm_ratio(
    backprop: list[float], numerical: list[float], ratio: float
) -> None:
    array = array_report([AGREE, AGREE], backprop=backprop, numerical=numerical)
    assert array.relative_error == pytest.approx(ratio)


def test_the_largest_error_may_be_anywhere() -> None:
    array = array_report([AGREE] * 3, backprop=[1.0, 5.0, 3.0], numerical=[1.0, 2.0, 4.0])
    assert array.max_absolute_error == 3.0


@pytest.mark.parametrize(
    ("verdicts", "backprop", "worst"),
    [
        ([AGREE, DISAGREE, KINK], [9.0, 2.0, 9.0], 1),
        ([AGREE, AGREE, KINK], [9.0, 2.0, 3.0], 2),
        ([AGREE, AGREE, UNDECIDED], [1.0, 4.0, 3.5], 1),
        ([DISAGREE, DISAGREE, AGREE], [1.5, 2.6, 3.0], 1),
        ([DISAGREE, DISAGREE, AGREE], [np.nan, 2.6, 3.0], 0),
    ],
)
def test_the_worst_entry_is_a_disagreement_then_a_kink_then_the_largest_error(
    verdicts: list[Verdict], backprop: list[float], worst: int
) -> None:
    assert array_report(verdicts, backprop=backprop).worst == worst


def test_errors_are_compared_in_their_own_bars() -> None:
    bars = np.array([1.0, 1e-6, 1.0])
    array = array_report([AGREE] * 3, backprop=[2.0, 2.1, 3.0], error_bar=bars)
    assert array.worst == 1


def test_a_position_among_the_checked_is_not_an_index_into_the_array() -> None:
    array = array_report([AGREE] * 3, shape=(4, 5), entries=np.array([2, 7, 19]))
    assert [array.index_of(position) for position in range(3)] == [(0, 2), (1, 2), (3, 4)]
    number = array_report([AGREE], shape=(), entries=np.array([0]))
    assert number.index_of(0) == ()


def test_resolution_is_that_of_the_best_resolved_entry_that_agrees() -> None:
    array = array_report([AGREE, AGREE, UNDECIDED])
    assert array.resolution == pytest.approx(2 * 10 * 0.01 / 2)
    off = array_report([AGREE, AGREE], numerical=[1.0, 2.004])
    assert off.resolution == pytest.approx((2 * 10 * 0.01 + 0.004) / 2)
    assert array_report([UNDECIDED, UNTESTED]).resolution == math.inf


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
    assert worst["worst_error_bar"] == 0.01


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
    assert "<table>" in report._repr_html_()


@pytest.mark.parametrize("scale", [5e-324, 1e-200, 1.0, 1e200, 1e307])
def test_the_norm_ratio_does_not_depend_on_the_scale(scale: float) -> None:
    one, other = scale * np.array([1.0, 2.0]), scale * np.array([3.0, 6.0])
    assert norm_ratio(one, other) == pytest.approx(0.5)
    assert norm_ratio(one, one) == 0.0


def test_the_worst_entry_is_an_infinite_one() -> None:
    array = array_report([DISAGREE, DISAGREE], backprop=[5.0, math.inf])
    assert array.worst == 1
