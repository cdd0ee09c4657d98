"""What a cost function may return, and what it may not do."""

import math
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.cost_function import (
    expect_steady,
    gathered_costs,
    kept_number,
    one_number,
    own_copy,
    real_number,
)
from gradcheck.engines.one_by_one import OneByOne
from nets.arrays import Place, place_of, to_numpy
from nets.errors import BadInput


@pytest.mark.parametrize("cost", [1, 2.5, 1j, np.float64(3.0), np.array(4.0)])
def test_one_number_is_returned_as_it_is(cost: Any) -> None:
    assert one_number(cost) is cost


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        (None, r"returned None, a NoneType; it should return one number \(is there a return"),
        (True, "returned True, a bool; it should return one number"),
        ("3", "returned '3', a str; it should return one number"),
        ([1.0], r"returned \[1\.0\], a list; it should return one number"),
        (np.ones(3), r"the cost has shape \(3,\); it should be one number: sum it, or average it"),
        (np.ones((1, 1)), r"the cost has shape \(1, 1\); it should be one number"),
    ],
)
def test_what_is_not_one_number(cost: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        one_number(cost)


def test_a_copy_does_not_change_with_its_array(where: Place) -> None:
    again_and_again = where.put(1.0)
    before = own_copy(again_and_again)
    again_and_again += 1.0
    assert (float(before), float(again_and_again)) == (1.0, 2.0)


@pytest.mark.parametrize("cost", [2, 2.0, np.float32(2.0), np.array(2.0)])
def test_a_real_number(cost: Any) -> None:
    assert real_number(cost) == 2.0
    assert type(real_number(cost)) is float


@pytest.mark.parametrize("cost", [1 + 2j, np.complex128(1 + 2j), np.array(1 + 2j)])
def test_a_complex_cost_of_real_parameters(cost: Any) -> None:
    with pytest.raises(BadInput, match=r"is complex, \(1\+2j\); it should be real: return its"):
        real_number(cost)


def test_a_cost_larger_than_any_float() -> None:
    with pytest.raises(BadInput, match="larger than a float can be; make it smaller"):
        real_number(10**400)


def sum_of_squares(arrays: Sequence[Any]) -> float:
    return float(sum((array**2).sum() for array in arrays))


def test_a_steady_cost_is_called_twice_and_the_caller_s_arrays_are_its_own() -> None:
    parameters, seen = [np.ones(2), np.ones(3)], list[Any]()

    def cost(arrays: Sequence[Any]) -> float:
        seen.append(arrays)
        return sum_of_squares(arrays)

    expect_steady(cost, parameters)
    assert len(seen) == 2
    for arrays in seen:
        for array, mine in zip(arrays, parameters, strict=True):
            assert not np.shares_memory(array, mine)


def test_a_cost_that_is_not_the_same_each_time() -> None:
    rolls = count()
    with pytest.raises(
        BadInput, match="gave 2 and then 3 for the same parameters: a difference of 1"
    ):
        expect_steady(lambda arrays: sum_of_squares(arrays) + next(rolls), [np.ones(2)])


def test_a_cost_that_returns_one_array_again_and_again() -> None:
    shared = np.array(0.0)

    def cost(arrays: Sequence[Any]) -> Any:
        shared[...] += 1.0
        return shared

    with pytest.raises(BadInput, match="gave 1 and then 2 for"):
        expect_steady(cost, [np.ones(2)])


def test_a_cost_that_changes_its_arrays() -> None:
    def sorting(arrays: Sequence[Any]) -> float:
        arrays[1].sort()
        return sum_of_squares(arrays)

    with pytest.raises(BadInput, match="changes array 1 that it is given; let it work on a copy"):
        expect_steady(sorting, [np.ones(2), np.array([2.0, 1.0])])


def test_nan_is_left_for_the_engine_to_report() -> None:
    expect_steady(sum_of_squares, [np.array([np.nan, 1.0])])


def test_numbers_are_gathered_where_they_belong(where: Place) -> None:
    like = where.put([0.0])
    for costs in ([1.0, 2.0], [where.put(1.0), where.put(2.0)]):
        gathered = gathered_costs(costs, like)
        assert place_of(gathered) == where
        assert to_numpy(gathered).tolist() == [1.0, 2.0]


def test_a_real_cost_of_a_complex_parameter() -> None:
    assert gathered_costs([1j, 2.0], np.array([1j])).tolist() == [1j, 2.0]
    with pytest.raises(BadInput, match="came out real, so the complex step cannot be used; use"):
        gathered_costs([1.0, 2.0], np.array([1j]))


def test_a_complex_cost_where_it_should_be_real_is_not_defined() -> None:
    found = gathered_costs([1.0, 2j, np.complex128(3.0)], np.array([0.0]))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, [1.0, np.nan, np.nan])


def test_differences_of_whole_numbers_may_be_negative() -> None:
    kept = [kept_number(np.uint8(cost)) for cost in (2, 3)]
    assert kept[0] - kept[1] == -1.0
    assert math.isnan(kept_number(10**400))
    engine = OneByOne(lambda arrays: np.uint8(arrays[0][0]), [np.array([3.5])])
    changes = engine.cost_changes(0, np.array([0]), np.ones(1), [1.0, -1.0])
    assert changes.tolist() == [[1.0], [-1.0]]
