"""Gradients that a function returns, or leaves behind."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.returned import (
    ReturnedGradients,
    backwards,
    mean_of_readings,
)
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    BATCH,
    Layer,
    code_of,
    learned_by,
    trial_of,
)

X, Y = BATCH.inputs.T, BATCH.targets.T


def gradients_of(own: Layer, name: str = "backward") -> list[HostArray]:
    claims = ReturnedGradients(name, trial_of(), learned_by(own, "W", "b"))
    readings = claims.at(code_of(own), claims.learned.values, quietly=False)
    return [*readings[0].arrays]


def wanted() -> list[HostArray]:
    return [*Layer().backward(X, Y).values()]


def test_gradients_are_matched_by_their_names() -> None:
    for one, other in zip(gradients_of(Layer()), wanted(), strict=True):
        np.testing.assert_allclose(one, other)


def test_names_in_the_return_statement_count() -> None:
    class Own(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            found = super().backward(x, y)
            db, dW = found["db"], found["dW"]  # noqa: N806
            return db, dW

    for one, other in zip(gradients_of(Own()), wanted(), strict=True):
        np.testing.assert_allclose(one, other)


def test_gradients_that_are_left_behind() -> None:
    class Own(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            vars(self).update(super().backward(x, y))

    for one, other in zip(gradients_of(Own()), wanted(), strict=True):
        np.testing.assert_allclose(one, other)


def test_gradients_that_were_there_before_the_call_are_not_its_own() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.dW, self.db = np.ones((4, 3)), np.ones(3)

        def backward(self, x: HostArray, y: HostArray) -> Any:
            return None

    with pytest.raises(StudentError, match=r"backward\(x, y\) gives arrays of the shapes none"):
        gradients_of(Own())


def test_the_arrays_themselves_are_no_gradients() -> None:
    class Own(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            return self.W, self.b

    with pytest.raises(StudentError, match="gives arrays of the shapes none"):
        gradients_of(Own())


def test_functions_that_may_give_gradients() -> None:
    class Own:
        def update(self, x: Any, y: Any) -> Any: ...
        def gradients(self, x: Any, y: Any) -> Any: ...
        def backprop(self, x: Any, y: Any) -> Any: ...
        def tanh_backward(self, dout: Any) -> Any: ...
        def numerical_gradient(self, x: Any, y: Any) -> Any: ...
        def loss_grad(self, output: Any, y: Any) -> Any: ...

        def named(self, x: Any, y: Any) -> Any:
            dw1, db1 = x, y
            return dw1, db1

    assert backwards(code_of(Own())) == ["backprop", "gradients", "named"]


def test_the_derivative_of_the_cost_gives_gradients_if_it_takes_the_inputs() -> None:
    class Own(Layer):
        def costFunctionPrime(self, x: HostArray, y: HostArray) -> Any:  # noqa: N802
            return self.backward(x, y)

        def loss_prime(self, output: HostArray, y: HostArray) -> Any:
            return output - y

        def sigmoid_prime(self, x: HostArray) -> Any:
            return x

    names = backwards(code_of(Own()))
    assert "costFunctionPrime" in names
    assert not {"loss_prime", "sigmoid_prime"} & set(names)


def test_the_mean_over_calls_of_each_reading_that_all_have() -> None:
    def reading(text: str, number: float) -> NamedGradients:
        return NamedGradients(text, False, [np.array([number])])

    calls = [[reading("a", 1.0), reading("b", 5.0)], [reading("a", 3.0)]]
    (found,) = mean_of_readings(calls)
    assert (found.reading, found.arrays[0][0]) == ("a", 2.0)
    with pytest.raises(StudentError, match="in another order for each example"):
        mean_of_readings([[reading("a", 1.0)], [reading("b", 1.0)]])
