"""A loss of inputs, targets and parameters that are nodes of a tape engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError, Unread
from gradcheck.homework.understanding.tape.loss_function import loss_functions, read_function
from tests.gradcheck.homework.understanding.tape.engines import Tensor, engine_for

SIZES = (5, 4, 3)


class Matrix(Tensor):
    """An engine with products; its sums broadcast one row."""

    __array_ufunc__ = None  # x @ w and x - w of NumPy arrays come here

    def _add(self, arriving: Any) -> None:
        arriving = np.asarray(arriving)
        while arriving.ndim > self.data.ndim:
            arriving = arriving.sum(axis=0)
        axes = tuple(k for k, n in enumerate(self.data.shape) if n == 1 != arriving.shape[k])
        self.grad = self.grad + arriving.sum(axis=axes, keepdims=True)
        for parent, slope in self.parents:
            parent._add(slope(arriving))

    def __add__(self, other: Any) -> "Matrix":
        other = other if isinstance(other, Matrix) else Matrix(other)
        return Matrix(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __rmatmul__(self, x: Any) -> "Matrix":
        return Matrix(x @ self.data, ((self, lambda g: x.T @ g),))

    def __matmul__(self, other: Any) -> "Matrix":
        return Matrix(
            self.data @ other.data,
            ((self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)),
        )

    def squared(self) -> "Matrix":
        return Matrix(self.data**2, ((self, lambda g: 2 * self.data * g),))


def read(function: Callable[..., Any], sizes: tuple[int, ...] | None = SIZES) -> Part:
    return read_function(function, "loss", engine_for(Matrix), Asked(sizes=sizes))


def loss(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    return ((x @ w1 + b1) @ w2 + b2 + -y).squared()


def from_zero(x: Any, y: Any, w0: Any, b0: Any, w1: Any, b1: Any) -> Any:
    return loss(x, y, w0, b0, w1, b1)


def standing(x: Any, y: Any, w1: Any, b1: Any) -> Any:
    assert b1.data.ndim == 2
    return (x @ w1 + b1 + -y).squared()


@pytest.mark.parametrize("function", [loss, from_zero])
def test_parameters_have_the_shapes_of_their_layers(function: Callable[..., Any]) -> None:
    part = read(function)
    assert [array.value.shape for array in part.arrays] == [(5, 4), (4,), (4, 3), (3,)]
    assert "it takes an example in each row, one-hot targets" in part.findings[0].text


def test_the_gradients_are_those_that_backward_leaves() -> None:
    part = read(loss)
    (reading,) = part.claims_at(part.values)
    moved = [value.copy() for value in part.values]
    moved[0][1, 2] += 1e-6
    slope = (part.cost.at(moved) - part.cost.at(part.values)) / 1e-6
    assert reading.arrays[0][1, 2] == pytest.approx(slope, rel=1e-4)


def test_biases_may_be_rows() -> None:
    part = read(standing, (5, 3))
    assert [array.value.shape for array in part.arrays] == [(5, 3), (1, 3)]


def test_losses_with_numbered_parameters_are_found() -> None:
    def relu(w1: Any, b1: Any) -> Any: ...
    def mse_loss(prediction: Any, target: Any) -> Any: ...

    functions: dict[str, Callable[..., Any]] = {
        "loss": loss,
        "relu": relu,
        "mse_loss": mse_loss,
        "forward": loss,
    }
    assert loss_functions(functions) == ["loss"]


@pytest.mark.parametrize(
    ("function", "sizes", "words"),
    [
        (lambda x, w1, b1: 0, SIZES, r"loss takes \(x, w1, b1\); it should take inputs, targets"),
        (loss, (5, 3), "the weights of 2 layers, so it takes 3 sizes; --sizes gave 2"),
    ],
)
def test_other_arguments_and_sizes_are_told(
    function: Callable[..., Any], sizes: tuple[int, ...], words: str
) -> None:
    with pytest.raises(Unread, match=words):
        read(function, sizes)


def test_what_works_with_no_shapes_is_told() -> None:
    def broken(x: Any, y: Any, w1: Any, b1: Any) -> Any:
        raise ValueError("no shapes suit me")

    with pytest.raises(StudentError, match="no shapes suit me"):
        read(broken, (5, 3))
