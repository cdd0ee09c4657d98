"""A change of code that several parts run is compared with the slopes of the others."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.repairs.other_parts import OtherParts

Slope = Callable[[Any, int], Any]
POINTS = np.array([0.5, 1.5, -0.7])


class Powers:
    """The sum of all x ** power, with a gradient that can be changed."""

    def __init__(self, power: int) -> None:
        self.power = power
        self.slope: Slope = lambda x, k: k * x**k
        self.calls = 0

    def part(self) -> Part:
        return Part(
            name=f"x ** {self.power}",
            arrays=(NamedArray("x", POINTS),),
            cost=PartCost("sum", lambda values: np.sum(values[0] ** self.power)),
            claims_at=self.claims_at,
            backward="backward",
        )

    def claims_at(self, values: Values) -> list[NamedGradients]:
        self.calls += 1
        return [NamedGradients("its own", False, [self.slope(values[0], self.power)])]


@pytest.mark.parametrize(
    ("slope", "is_right"),
    [
        (lambda x, k: k * x ** (k - 1), True),
        (lambda x, k: k * (x**k) ** 2, False),  # right for the power -1 alone
        (lambda x, k: k * x**k, True),  # as it was: this code does not change it
    ],
)
def test_a_change_is_right_where_all_that_it_changes_is_right(slope: Slope, is_right: bool) -> None:
    cube = Powers(3)
    others = OtherParts([cube.part()], 1.0)
    cube.slope = slope
    assert others.are_right(None) is is_right


def test_gradients_that_are_divided_are_compared_after_it() -> None:
    cube = Powers(3)
    others = OtherParts([cube.part()], 2.0)
    cube.slope = lambda x, k: 2 * k * x ** (k - 1)
    assert others.are_right(None)


def test_a_part_that_differs_from_call_to_call_is_left_out() -> None:
    cube = Powers(3)
    cube.slope = lambda x, k: x * cube.calls
    assert OtherParts([cube.part()], 1.0).are_right(None)


def test_code_that_does_not_work_any_more_is_not_right() -> None:
    cube = Powers(3)
    others = OtherParts([cube.part()], 1.0)

    def broken(x: object, k: int) -> None:
        raise ValueError(x)

    cube.slope = broken
    assert not others.are_right(None)
