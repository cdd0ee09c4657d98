"""Conventions of layers that are no mistakes, and layers that cannot be checked by themselves."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import Values
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = [
    "LeftToCost",
    "divisor_of_parameters",
    "expect_backward_of_output",
    "expect_elementwise",
    "sums_to_one",
]

# The part by which a measured factor may differ from 1 or from 1/m: far more than the error of
# central differences, 1e-10, and far less than the difference between 1 and 1/2.
NEAR = 1e-3


class LeftToCost(StudentError):
    """A backward pass leaves its derivative to the cost, so no other input helps."""


def expect_elementwise(name: str, output_at: Callable[[HostArray], Any], x: HostArray) -> None:
    """Check that a derivative without an arriving gradient is one of a function of single entries.

    Args:
        name: of the derivative.
        output_at: the output of the function, in the shape of its input.
        x: the input, of any shape.

    Raises:
        StudentError: an entry of the output depends on other entries of the input, as in a softmax.

    """
    moved = x.copy()
    moved.reshape(-1)[0] += 0.5
    apart = np.asarray(output_at(moved)) != np.asarray(output_at(x))
    if apart.shape != x.shape or np.any(apart.reshape(-1)[1:]):
        raise StudentError(
            f"{name} gets no arriving gradient, and each output depends on several inputs. Let it "
            "take the arriving gradient too"
        )


def sums_to_one(output: Any) -> bool:
    """Whether an output is a softmax: positive, and the sum along the last or first axis is 1."""
    array = np.asarray(output)
    if array.ndim == 0 or array.size < 2 or np.any(array <= 0.0):
        return False
    axes = (-1, 0) if array.ndim < 3 else (-1, 1)
    return any(
        array.shape[axis] > 1 and np.allclose(array.sum(axis=axis), 1.0, rtol=1e-6) for axis in axes
    )


def expect_backward_of_output(
    name: str, gradient_at: Callable[[HostArray], HostArray | None], x: HostArray
) -> None:
    """Check that the backward pass of a softmax is its own, and not that of softmax and cost.

    A common shortcut: the gradient that arrives is already p - t, the derivative with respect to
    what goes into the softmax. Then backward does not depend on the input.

    Args:
        name: of the backward pass.
        gradient_at: the gradient of the input, in its shape, for the same arriving gradient, at
            another input.
        x: the input, of any shape.

    Raises:
        LeftToCost: it is the shortcut.

    """
    here, there = gradient_at(x), gradient_at(0.5 * x[..., ::-1])
    if here is not None and there is not None and np.array_equal(here, there):
        raise LeftToCost(
            f"{name} leaves out the derivative of the softmax: that is right only if what arrives "
            "is p - t, the gradient of softmax and cross-entropy together. It cannot be checked by "
            "itself; check the network with its cost"
        )


def divisor_of_parameters(
    cost: Callable[[Values], Any],
    values: Sequence[HostArray],
    claims: Sequence[HostArray],
    is_input: Sequence[bool],
    counts: Sequence[int],
) -> int:
    """The number that divides the gradients of all parameters, but not that of the input.

    Such a layer expects the gradients of the costs of single examples, not of their mean. It takes
    the mean itself.

    Args:
        cost: of the layer.
        values: of its arrays, of any shapes.
        claims: its gradients, each in the shape of its array; NaN where one cannot be used.
        is_input: whether an array is an input.
        counts: the numbers that are possible: examples in the mini-batch, and pixels in it.

    Returns:
        1 if no count explains all gradients.

    """
    if all(is_input):
        return 1
    for count in dict.fromkeys(each for each in counts if each > 1):
        factors = [1.0 if each else 1.0 / count for each in is_input]
        if all(
            _has_factor(cost, values, position, claims[position], factor)
            for position, factor in enumerate(factors)
            if not np.all(np.isnan(claims[position]))
        ):
            return count
    return 1


def _has_factor(
    cost: Callable[[Values], Any],
    values: Sequence[HostArray],
    position: int,
    claim: HostArray,
    factor: float,
) -> bool:
    """Whether a gradient is a factor times the measured one, along a random direction."""
    direction = np.random.default_rng(8).standard_normal(claim.shape)
    sides = []
    for sign in (1.0, -1.0):
        moved = list(values)
        moved[position] = values[position] + sign * CENTRAL_STEP * direction
        sides.append(float(np.real(cost(moved))))
    measured = (sides[0] - sides[1]) / (2.0 * CENTRAL_STEP)
    said = float(np.sum(claim * direction))
    return abs(said - factor * measured) <= NEAR * abs(factor * measured)
