"""Calls of a layer work on copies, with the same random numbers each time."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from tests.gradcheck.homework.understanding.layers.dense import Dense, X, calls_of


class Dropout:
    def forward(self, x: Any) -> Any:
        self.mask = np.random.rand(*x.shape) < 0.5  # noqa: NPY002 (as students write it)
        return x * self.mask

    def backward(self, grad: Any) -> Any:
        return grad * self.mask


class Sigmoid:
    def forward(self, x: Any) -> Any:
        return 1 / (1 + np.exp(-x))

    def derivative(self, x: Any) -> Any:
        return self.forward(x) * (1 - self.forward(x))


def test_a_fresh_copy_leaves_the_object_as_it_was() -> None:
    calls = calls_of(Dense())
    calls.forward(calls.fresh(), X)
    assert not hasattr(calls.own, "x")
    assert calls.backward_name == "Dense.backward"


def test_a_mask_is_the_same_in_each_call() -> None:
    calls = calls_of(Dropout())
    first, second = (calls.forward(calls.fresh(), X)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.any(first == 0.0)


def test_a_derivative_for_each_entry_is_multiplied_by_what_arrives() -> None:
    class SigmoidActivation(Sigmoid):
        pass

    calls = calls_of(SigmoidActivation())
    own = calls.fresh()
    found = calls.backward(own, X, None, np.full(X.shape, 2.0))
    np.testing.assert_array_equal(found, 2.0 * own.derivative(X))


def test_what_the_code_raises_is_an_error_with_the_name_of_the_method() -> None:
    class Broken(Dense):
        def backward(self, grad: Any) -> Any:
            raise RuntimeError("no idea")

    calls = calls_of(Broken())
    with pytest.raises(StudentError, match=r"Broken\.backward\(gradient\) raised RuntimeError"):
        calls.backward(calls.fresh(), X, None, np.ones((3, 4)))
