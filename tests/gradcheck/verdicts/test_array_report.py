"""What is reported of one array."""

import math

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
)


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
    assert array.resolution == pytest.approx(2 * 0.001 / 2)
    off = array_report([AGREE, AGREE], numerical=[1.0, 2.0004])
    assert off.resolution == pytest.approx((2 * 0.001 + 0.0004) / 2)
    assert array_report([UNDECIDED, UNTESTED]).resolution == math.inf


def test_the_worst_entry_is_an_infinite_one() -> None:
    array = array_report([DISAGREE, DISAGREE], backprop=[5.0, math.inf])
    assert array.worst == 1


@pytest.mark.parametrize(("bar", "decided"), [(0.0049, True), (0.0051, False)])
def test_an_array_is_decided_if_an_error_of_one_percent_would_have_shown(
    bar: float, decided: bool
) -> None:
    # The claim is 1 and equals the estimate; two bars are allowed.
    assert array_report([AGREE], error_bar=np.array([bar])).is_decided is decided


def test_one_sharp_entry_decides_an_array_and_a_disagreement_always_does() -> None:
    bars = np.array([0.4, 0.001])
    assert array_report([AGREE, AGREE], error_bar=bars).is_decided
    assert not array_report([AGREE, UNDECIDED], error_bar=bars).is_decided
    assert array_report([AGREE, DISAGREE], error_bar=np.array([0.4, 0.4])).is_decided
    for verdict in (KINK, UNDECIDED, UNTESTED):
        assert not array_report([verdict]).is_decided


def test_entries_around_which_the_cost_is_not_finite_have_no_finite_bar() -> None:
    bars = np.array([0.001, math.inf, math.nan])
    array = array_report([AGREE, UNDECIDED, UNDECIDED], error_bar=bars)
    assert array.not_finite.tolist() == [False, True, True]
    assert array.is_decided
    # What was claimed there does not count for the sharpness, even if it was said to agree.
    with_edge = array_report([AGREE, AGREE, AGREE], error_bar=bars)
    assert with_edge.resolution == array.resolution == pytest.approx(0.002)
