"""Conventions of layers: the mean over the examples, and a softmax that leaves out its own."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.convention import (
    divisor_of_parameters,
    expect_backward_of_output,
    expect_elementwise,
    sums_to_one,
)
from nets.arrays import HostArray

X, W = np.arange(1.0, 7.0).reshape(3, 2), np.array([[1.0], [2.0]])


def cost(values: Sequence[HostArray]) -> Any:
    return np.sum((values[0] @ values[1]) ** 2)


def gradients(factor: float) -> list[HostArray]:
    out = 2.0 * X @ W
    return [out @ W.T, X.T @ out * factor]


@pytest.mark.parametrize(("factor", "divisor"), [(1 / 3, 3), (1.0, 1), (0.5, 1), (-1 / 3, 1)])
def test_the_number_that_parameters_are_divided_by(factor: float, divisor: int) -> None:
    assert divisor_of_parameters(cost, [X, W], gradients(factor), [True, False], [3]) == divisor


def test_not_where_the_input_is_wrong_too() -> None:
    wrong = [each / 3 for each in gradients(1.0)]
    assert divisor_of_parameters(cost, [X, W], wrong, [True, False], [3]) == 1


def test_a_derivative_alone_is_one_of_single_entries() -> None:
    expect_elementwise("Tanh.derivative", np.tanh, X)
    for output_at in (lambda x: x / x.sum(), lambda x: x.sum(axis=0)):
        with pytest.raises(StudentError, match="gets no arriving gradient"):
            expect_elementwise("Softmax.derivative", output_at, X)


def test_a_softmax_sums_to_one() -> None:
    powers = np.exp(X)
    assert sums_to_one(powers / powers.sum(axis=1, keepdims=True))
    assert sums_to_one(powers / powers.sum(axis=0, keepdims=True))
    assert not sums_to_one(powers)
    assert not sums_to_one(-powers)


def test_a_backward_that_does_not_depend_on_the_input_is_refused() -> None:
    with pytest.raises(StudentError, match="leaves out the derivative of the softmax"):
        expect_backward_of_output("Softmax.backward", lambda x: X, X)
    expect_backward_of_output("Softmax.backward", lambda x: x * X, X)


def test_no_number_of_examples_divides_by_zero() -> None:
    assert divisor_of_parameters(cost, [X, W], gradients(0.5), [True, False], [1, 0]) == 1
