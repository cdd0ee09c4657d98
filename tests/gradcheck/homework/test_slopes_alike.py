"""Measured slopes, and those that a submission should have."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.homework.slopes_alike import slopes_by_differences, unlike_slopes
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

W = np.array([[1.0, -2.0], [0.5, 3.0]])
SLOPES = 3.0 * W**2  # of the sum of w^3


def cost(values: Sequence[HostArray]) -> float:
    return float(np.sum(values[0] ** 3))


def report(measured: HostArray, claimed: HostArray | None = None) -> Report:
    return report_of([array_of(1, "weights", measured if claimed is None else claimed, measured)])


RIGHT_SLOPES = slopes_by_differences(cost, [W])


def test_our_own_slopes_are_those_of_the_cost() -> None:
    found = RIGHT_SLOPES(0, np.array([1, 2]))
    np.testing.assert_allclose(found, [12.0, 0.75], rtol=1e-8)


def test_the_right_slopes_are_alike_and_so_are_those_of_a_multiple_of_the_cost() -> None:
    assert unlike_slopes(report(SLOPES), RIGHT_SLOPES, "the solution", 0) == ""
    assert unlike_slopes(report(2 * SLOPES), RIGHT_SLOPES, "x", 0, factor=2.0) == ""
    # float32 and guards in a logarithm
    assert unlike_slopes(report(SLOPES + 1e-3), RIGHT_SLOPES, "x", 0) == ""


@pytest.mark.parametrize("change", [1.01, 2.0, -1.0])
def test_other_slopes_are_told_with_their_numbers(change: float) -> None:
    found = unlike_slopes(report(change * SLOPES), RIGHT_SLOPES, "the solution", 0)
    assert found.startswith("the slope of its cost that was measured for entry (1, 1) of layer 1")
    assert f"is {change * 27:.4g}, and that of the solution is 27, though" in found


def test_nothing_is_said_of_entries_that_do_not_agree() -> None:
    assert unlike_slopes(report(2 * SLOPES, SLOPES), RIGHT_SLOPES, "the solution", 0) == ""
