"""What check_network is given, and what of it cannot be used."""

import re
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from nets.errors import BadInput
from tests.gradcheck.problems import (
    checked,
    problem,
    right,
)


def test_gradients_may_be_what_a_backprop_returned() -> None:
    small = problem(3, 4, 2)
    network = small.network
    layers = network.backprop(small.inputs, small.targets)
    assert checked(small, layers).ok
    halved = [0.5 * array for array in right(small)]
    assert checked(small, halved).counts["disagree"] == network.parameter_count


def test_a_gradient_of_a_network_that_is_transposed() -> None:
    gradients = right(problem(3, 4, 2))
    gradients[2] = gradients[2].T
    message = "the gradient of layer 2 weights has shape (4, 2); it should be (2, 4)"
    with pytest.raises(ValueError, match=re.escape(message)):
        checked(problem(3, 4, 2), gradients)


@pytest.mark.parametrize("number", [np.nan, np.inf])
@pytest.mark.parametrize("name", ["inputs", "targets"])
def test_data_that_hold_nan_or_infinity(name: str, number: float) -> None:
    given_problem = problem(3, 4, 2)
    arrays: dict[str, Any] = {
        "inputs": given_problem.inputs.copy(),
        "targets": given_problem.targets.copy(),
    }
    arrays[name][0, 0] = number
    with pytest.raises(BadInput, match=f"{name} contains NaN or infinity; give finite numbers"):
        check_network(given_problem.network, **arrays)


def test_the_complex_step_on_relu() -> None:
    with pytest.raises(BadInput, match="needs an analytic activation, but relu has a kink; use"):
        checked(problem(3, 4, 2, activation="relu"), scheme="complex")


def test_something_else_than_a_network_is_told_so() -> None:
    with pytest.raises(BadInput, match=r"the network is a list; give a nets\.Network"):
        check_network([3, 2], np.ones((3, 1)), np.ones((2, 1)))  # type: ignore[arg-type]


def test_a_network_s_own_arrays_are_left_as_they_were() -> None:
    given_problem = problem(3, 4, 2)
    before = [array.copy() for array in given_problem.network.parameters]
    checked(given_problem)
    for array, old in zip(given_problem.network.parameters, before, strict=True):
        assert np.array_equal(array, old)
