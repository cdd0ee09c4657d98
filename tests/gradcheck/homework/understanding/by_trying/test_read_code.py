"""Code is understood by trying."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.claims import ReadCode, Wishes
from gradcheck.homework.understanding.by_trying.read_code import read_code
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients
from gradcheck.homework.understanding.by_trying.steps import Steps
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import BATCH, ROWS, Layer, code_of


def read(own: Any, **wishes: Any) -> ReadCode:
    return read_code(code_of(own), BATCH, Wishes(**wishes), [ROWS])


def test_gradients_that_are_returned_come_before_steps() -> None:
    found = read(Layer())
    assert isinstance(found.claims, ReturnedGradients)
    assert [path.name for path in found.learned.paths] == ["W", "b"]
    assert found.cost.name == "loss(x, y)"


def test_steps_are_taken_where_only_they_fit() -> None:
    class Climbs(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            return {name: -each for name, each in super().backward(x, y).items()}

        def train(self, x: HostArray, y: HostArray) -> None:
            found = self.backward(x, y)
            self.W = self.W + self.lr * found["dW"]
            self.b = self.b + self.lr * found["db"]

    assert isinstance(read(Climbs()).claims, Steps)


def test_the_first_claims_are_taken_where_none_fits() -> None:
    class Wrong(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            return {"dW": x.T @ y, "db": y.sum(axis=0)}

    assert isinstance(read(Wrong()).claims, ReturnedGradients)


def test_the_arrays_of_a_cost_alone() -> None:
    class NoForward(Layer):
        forward = None  # type: ignore[assignment]

        def loss(self, x: HostArray, y: HostArray) -> float:
            return Layer.loss(self.whole(), x, y)

        def whole(self) -> Layer:
            own = Layer()
            own.W, own.b = self.W, self.b
            return own

        def backward(self, x: HostArray, y: HostArray) -> Any:
            return self.whole().backward(x, y)

    found = read(NoForward())
    assert found.claims.trial.forward is None
    assert [path.name for path in found.learned.paths] == ["W", "b"]


def test_how_far_it_came_is_told() -> None:
    class Nothing:
        def helper(self, x: Any) -> None: ...

    class Unmatched(Layer):
        train = None  # type: ignore[assignment]

        def backward(self, x: HostArray, y: HostArray) -> Any:
            return {"dW": x}

    with pytest.raises(StudentError, match="no forward pass and no cost that could be called"):
        read(Nothing())
    with pytest.raises(StudentError, match=r"backward.* gives arrays of the shapes"):
        read(Unmatched())


def test_steps_along_no_gradient_are_refused() -> None:
    class Signs(Layer):
        backward = None  # type: ignore[assignment]

        def train(self, x: HostArray, y: HostArray) -> None:
            self.W = self.W - self.lr

    with pytest.raises(NoGradient, match="the same size"):
        read(Signs())


def test_an_output_must_be_that_of_the_inputs() -> None:
    class OfItsOwn(Layer):
        loss = None  # type: ignore[assignment]

        def forward(self, x: HostArray) -> HostArray:
            return super().forward(BATCH.inputs.T)

        def backward(self, x: HostArray, y: HostArray) -> Any:
            return super().backward(BATCH.inputs.T, y)

    with pytest.raises(StudentError, match="forward gives the same output for other inputs"):
        read(OfItsOwn())
    held = read_code(code_of(OfItsOwn()), BATCH, Wishes(), holds_batch=True)
    assert held.claims.name == "backward"


def test_weights_of_zero_give_the_same_output_and_are_read_all_the_same() -> None:
    class FromZero(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.W, self.b = np.zeros((4, 3)), np.zeros(3)

    assert read(FromZero()).claims.name == "backward"
