"""Activations whose second method is a derivative: at the input, or at the output."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.open_layer import open_layer
from gradcheck.homework.understanding.one_output import fits
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.test_layer_classes import module_of


class Sigmoid:
    def forward(self, x: Any) -> Any:
        return 1.0 / (1.0 + np.exp(-x))


class AtTheInput(Sigmoid):
    def backward(self, x: Any) -> Any:
        return self.forward(x) * (1.0 - self.forward(x))


class AtTheOutput(Sigmoid):
    def backward(self, a: Any) -> Any:
        return a * (1.0 - a)


class OfAnyName(Sigmoid):
    def backward(self, x: Any) -> Any:
        return x * (1.0 - x)


class Wrong(Sigmoid):
    def backward(self, x: Any) -> Any:
        return x * (1.0 + x)


class OfAGradient(Sigmoid):
    """A layer that forgets what it was called with: wrong, although a derivative would be right."""

    def backward(self, grad: Any) -> Any:
        return grad * (1.0 - grad)


class Keeping(OfAnyName):
    """A layer that keeps its output, and does not use it."""

    def forward(self, x: Any) -> Any:
        self.a = super().forward(x)
        return self.a


class NamedDerivative(Sigmoid):
    def derivative(self, x: Any) -> Any:
        return x * (1.0 - x)


class Softmax:
    def forward(self, x: Any) -> Any:
        return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)

    def derivative(self, x: Any) -> Any:
        return self.forward(x) * (1.0 - self.forward(x))


@pytest.mark.parametrize(
    ("kind", "is_right", "is_open"),
    [
        (AtTheInput, True, False),
        (AtTheOutput, True, False),
        (OfAnyName, True, True),
        (NamedDerivative, True, True),
        (Wrong, False, False),
        (OfAGradient, False, False),
        (Keeping, False, False),
    ],
)
def test_how_an_activation_is_read(kind: type, is_right: bool, is_open: bool) -> None:
    contract = open_layer(module_of(Kind=kind), "Kind", Asked(), caller())
    assert fits(contract.parts[0]) == is_right
    assert [each.is_open for each in contract.left_out] == ([True] if is_open else [])
    said = [each for each in contract.parts[0].findings if "taken for the derivative" in each.text]
    assert len(said) == is_right


def test_a_derivative_is_one_of_single_entries() -> None:
    with pytest.raises(StudentError, match="each output depends on several inputs"):
        open_layer(module_of(Kind=Softmax), "Kind", Asked(), caller())
