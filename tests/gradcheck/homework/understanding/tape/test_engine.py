"""How a tape engine keeps its numbers is found out."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import is_engine
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor, engine_for


def test_engines_are_told_from_other_classes() -> None:
    class Layer:
        def forward(self, x: Any) -> Any:
            return x

        def backward(self, grad: Any) -> Any:
            return grad

    class CalledLayer:
        def __call__(self, x: Any) -> Any:
            return self.weight.data * x  # type: ignore[attr-defined]

        def backward(self, gradient: Any) -> Any:
            self.weight.grad = gradient  # type: ignore[attr-defined]

    assert not is_engine(CalledLayer)
    assert is_engine(Scalar)
    assert is_engine(Tensor)
    assert not is_engine(Layer)
    assert not is_engine(np.ndarray)


@pytest.mark.parametrize(("kind", "holds_arrays"), [(Scalar, False), (Tensor, True)])
def test_where_numbers_and_gradients_are(kind: type, holds_arrays: bool) -> None:
    engine = engine_for(kind)
    assert (engine.data, engine.grad, engine.backward_name) == ("data", "grad", "backward")
    assert engine.holds_arrays is holds_arrays
    assert not engine.takes_gradient
    node = engine.node(3.0)
    engine.run_backward(node * node)
    assert engine.value(node) == 3.0
    assert engine.gradient(node) == 6.0


def test_a_class_without_data_is_refused() -> None:
    class Odd(Scalar):
        def __init__(self, data: Any) -> None:
            self.number = data

    with pytest.raises(StudentError, match="has no data and grad; its attributes are: number"):
        engine_for(Odd)
