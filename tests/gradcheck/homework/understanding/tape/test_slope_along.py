"""The distance of claims from the slope along a random direction."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost
from gradcheck.homework.understanding.tape.slope_along import CLOSE, distance_from_slope

VALUE = np.array([[0.5, -1.0], [2.0, 0.3]])
CUBE = Part(
    "a ** 3",
    (NamedArray("a", VALUE),),
    PartCost("the sum", lambda values: np.sum(values[0] ** 3)),
    lambda values: [NamedGradients("a", False, [3.0 * values[0] ** 2])],
)


def test_right_claims_are_close() -> None:
    assert distance_from_slope(CUBE) <= CLOSE


@pytest.mark.parametrize("entry", [0, 3])
def test_one_wrong_entry_is_seen(entry: int) -> None:
    wrong = 3.0 * VALUE**2
    wrong.flat[entry] += 0.1
    part = replace(CUBE, claims_at=lambda values: [NamedGradients("a", False, [wrong])])
    assert distance_from_slope(part) > CLOSE


def test_a_cost_that_is_no_number_tells_nothing_but_such_claims_do() -> None:
    nothing = PartCost("the sum", lambda values: np.sum(np.log(values[0])))
    assert distance_from_slope(replace(CUBE, cost=nothing)) == 0.0
    no_numbers = [NamedGradients("a", False, [np.full(VALUE.shape, np.nan)])]
    assert distance_from_slope(replace(CUBE, claims_at=lambda _: no_numbers)) == np.inf
