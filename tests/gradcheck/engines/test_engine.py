"""The functions that engines share."""

import math
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.engines.engine import (
    LONGEST_REACH,
    displacements,
    expect_finite,
    flat_entries,
    largest_size,
    scale_floor,
    steps_for,
    with_entries,
)
from nets.arrays import HostArray, Place, to_numpy
from nets.errors import BadInput
from tests.gradcheck.problems import EVERY_REAL_SCHEME


def test_flat_entries_are_counted_row_by_row(where: Place) -> None:
    array = where.put([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert to_numpy(flat_entries(array, np.array([0, 3, 5]))).tolist() == [1.0, 4.0, 6.0]


def test_other_values_at_some_positions_and_the_arrays_stay_as_they_were(where: Place) -> None:
    one, other = where.put([1.0, 2.0, 3.0]), where.put([4.0, 5.0, 6.0])
    new = [where.put([7.0, 8.0]), where.put([9.0, 0.0])]
    found = with_entries([one, other], np.array([2, 0]), new)
    assert [to_numpy(each).tolist() for each in found] == [[8.0, 2.0, 7.0], [0.0, 5.0, 9.0]]
    assert to_numpy(one).tolist() == [1.0, 2.0, 3.0]


def test_a_finite_cost_is_returned_as_it_is() -> None:
    assert expect_finite(-2.5) == -2.5


@pytest.mark.parametrize("cost", [math.nan, math.inf, -math.inf])
def test_a_cost_that_is_not_finite_is_refused(cost: float) -> None:
    with pytest.raises(BadInput, match=f"the cost is {cost} before anything is perturbed; look"):
        expect_finite(cost)


def test_steps_are_scaled_to_large_parameters_only(where: Place) -> None:
    values = where.put([0.0, 0.5, -1.0, 8.0, -100.0])
    assert to_numpy(steps_for(values, 0.25)).tolist() == [0.25, 0.25, 0.25, 2.0, 25.0]


def test_every_value_may_have_its_own_epsilon(where: Place) -> None:
    values, epsilons = where.put([0.5, -8.0]), where.put([0.25, 0.5])
    assert to_numpy(steps_for(values, epsilons)).tolist() == [0.25, 4.0]


def test_a_lower_floor_makes_steps_that_suit_smaller_values(where: Place) -> None:
    values = where.put([0.0, 2.0**-12, -8.0])
    steps = to_numpy(steps_for(values, 0.25, 2.0**-10))
    assert steps.tolist() == [2.0**-12, 2.0**-12, 2.0]


@pytest.mark.parametrize("largest", [0.0, 5e-324, 1e-12, 1e9])
def test_the_size_of_an_array_is_that_of_its_largest_entry(largest: float, where: Place) -> None:
    assert largest_size(where.put([[0.0, -largest], [largest / 2, 0.0]])) == largest


@pytest.mark.parametrize("largest", [0.0, 5e-324, 1e-296, 2.0**-10, 0.03, 1.0, 1e9])
def test_steps_are_relative_to_1_unless_all_of_an_array_is_small(largest: float) -> None:
    assert scale_floor(largest, 2.0**-21) == 1.0


@pytest.mark.parametrize("largest", [1e-3 / 1.1, 1e-6, 1e-12, 1e-294])
def test_the_floor_of_small_parameters_is_in_proportion_to_the_largest(largest: float) -> None:
    assert scale_floor(largest, 2.0**-21) == LONGEST_REACH * largest
    # No step is wider than a sixteenth of the largest entry.
    assert scale_floor(largest, 2.0**-10) == 64 * largest
    assert 2.0**-10 * scale_floor(largest, 2.0**-10) == largest / 16


# Costs and their gradients, of parameters of a scale s.
SMALL: dict[str, tuple[Any, Any]] = {
    "square": (lambda p, _: (p**2).sum(), lambda p, _: 2 * p),
    "sine": (lambda p, _: np.sin(p).sum(), lambda p, _: np.cos(p)),
    "logarithm of ratio": (lambda p, s: np.log1p(p / s).sum(), lambda p, s: 1 / (s + p)),
    "root": (lambda p, _: np.sqrt(p).sum(), lambda p, _: 0.5 / np.sqrt(p)),
    "cube of ratio": (lambda p, s: ((p / s) ** 3).sum(), lambda p, s: 3 * p**2 / s**3),
}


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("scale", [1e-3, 1e-8, 1e-12, 1e-30])
@pytest.mark.parametrize("name", SMALL)
def test_gradients_of_tiny_parameters_are_told_right_from_wrong(
    scheme: str, scale: float, name: str
) -> None:
    cost, gradient = SMALL[name]
    w: HostArray = scale * np.array([0.7, 1.3, 2.1])
    right = gradient(w, scale)
    assert check_gradients(lambda p: cost(p, scale), w, right, scheme=scheme).ok
    for wrong in (-right, 0 * right, 2 * right, 1.02 * right):
        report = check_gradients(lambda p: cost(p, scale), w, wrong, scheme=scheme)
        assert report.counts["disagree"] > 0


def test_displacement_is_the_step_that_was_really_taken(where: Place) -> None:
    values, steps = where.put([1.0, 3.0]), where.put([2.0**-52 * 1.4, 1e-3])
    taken = to_numpy(displacements(values, steps, [1.0]))[0, :]
    assert taken.tolist() == [2.0**-52, (3.0 + 1e-3) - 3.0]
    assert taken[1] != 1e-3


def test_a_complex_displacement(where: Place) -> None:
    taken = to_numpy(displacements(where.put([1.0]), where.put([1e-20]), [1j, 2.0]))
    assert taken.tolist() == [[1e-20j], [0.0]]


def test_displacements_have_a_row_for_each_offset(where: Place) -> None:
    values, steps = where.put([1.0, 3.0, -5.0]), where.put([0.5, 0.25, 2.0])
    taken = to_numpy(displacements(values, steps, [-1.0, 2.0]))
    assert taken.tolist() == [[-0.5, -0.25, -2.0], [1.0, 0.5, 4.0]]


@pytest.mark.parametrize("epsilon", [1e-300, 2.0**-54])
def test_a_step_that_is_lost_in_rounding_names_the_parameter(epsilon: float, where: Place) -> None:
    values = where.put([0.0, 5.5])
    with pytest.raises(BadInput, match=r"epsilon is too small: w = 5\.5 does not move by a step"):
        displacements(values, steps_for(values, epsilon), [1e3, 1.0])


def test_a_complex_step_is_never_lost_in_rounding(where: Place) -> None:
    taken = to_numpy(displacements(where.put([5.5]), where.put([1e-300]), [1j]))
    assert taken.tolist() == [[1e-300j]]
