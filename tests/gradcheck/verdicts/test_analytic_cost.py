"""Costs that drop the imaginary part are refused under the complex step."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from nets.errors import BadInput


@pytest.mark.parametrize(
    "cost",
    [lambda p: np.abs(p[0]) ** 2 + p[1] ** 2, lambda p: np.vdot(p, p)],
    ids=["abs", "vdot"],
)
def test_a_cost_that_drops_the_imaginary_part_is_not_for_the_complex_step(cost: Any) -> None:
    with pytest.raises(BadInput, match=r"parameters \[\d\], but not with a complex step.*central"):
        check_gradients(cost, np.array([2.0, 3.0]), np.array([4.0, 6.0]), scheme="complex")


def test_a_cost_that_does_not_move_at_all_is_no_such_cost() -> None:
    report = check_gradients(
        lambda p: p[0] ** 2, np.array([2.0, 3.0]), np.array([4.0, 1.0]), scheme="complex"
    )
    assert report.counts["disagree"] == 1


def test_a_cost_that_stays_real_under_the_complex_step() -> None:
    with pytest.raises(BadInput, match="came out real, so the complex step cannot be used; take"):
        check_gradients(lambda p: np.abs(p[0]).sum(), [np.ones(2)], [np.ones(2)], scheme="complex")
