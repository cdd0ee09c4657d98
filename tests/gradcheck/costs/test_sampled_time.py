"""What samples say of a time, and of a ratio of two."""

import math

import pytest

from gradcheck.costs.sampled_time import Ratio, Timing
from tests.gradcheck.costs.rows import spread


def test_the_fastest_samples_decide_and_the_stretches_show_whether_they_agree() -> None:
    timing = Timing.of([5.0, 1.0, 2.0, 4.0, 3.0])
    assert timing.seconds == 1.0
    assert timing.quartiles == [2.0, 4.0]
    assert timing.stretches == (5.0, 1.0, 3.0)
    assert not timing.steady
    assert Timing.of([2.0, 2.2, 9.0, 2.1, 2.0]).steady
    # Of many samples a single one that came out too short does not decide.
    assert Timing.of([1.0, *[2.0] * 30]).seconds == 2.0
    assert Timing.of([3.0]).seconds == 3.0


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (spread(1.9, 2.0, 2.1), spread(0.95, 1.0, 1.05), "2.00"),
        (spread(1.0, 2.0, 3.0), spread(0.95, 1.0, 1.05), "too noisy"),
        (spread(1.9, 2.0, 2.1), spread(0.2, 1.0, 1.05), "too noisy"),
        (spread(1.9, 2.0, 2.1), spread(0.0, 0.0, 0.0), "too noisy"),
    ],
)
def test_a_ratio_is_told_only_if_all_stretches_support_it(
    first: Timing, second: Timing, text: str
) -> None:
    assert first.over(second).text() == text


def test_a_ratio_compares_what_was_measured_in_the_same_stretch() -> None:
    # All was three times as slow for a while.
    slow, other = spread(3.0, 1.0, 1.0), spread(6.0, 2.0, 2.0)
    assert not slow.steady
    assert other.over(slow) == Ratio(value=2.0, low=2.0, high=2.0)
    ratio = spread(1.0, 2.0, 4.0).over(spread(1.0, 1.0, 1.0))
    assert ratio == Ratio(value=2.0, low=1.0, high=4.0)
    assert math.isnan(Timing.of([1.0] * 5).over(Timing.of([0.0] * 5)).value)
