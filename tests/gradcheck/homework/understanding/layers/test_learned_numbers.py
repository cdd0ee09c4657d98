"""Numbers that a layer learns and that are no arrays of float numbers which it holds."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.learned_numbers import (
    expect_all_found,
    make_float_arrays,
)

w = np.ones((3, 2))
TABLE = np.ones(4)
dw = np.zeros((3, 2))


class Scale:
    def __init__(self) -> None:
        self.gain, self.rate, self.count = 1.5, 0.1, 3
        self.steps = np.arange(3)
        self.table = np.arange(3)

    def forward(self, x: Any) -> Any:
        self.x = x
        return x * self.gain + self.steps

    def backward(self, grad: Any) -> Any:
        self.dgain = (grad * self.x).sum()
        self.dsteps = grad.sum(axis=0)
        return grad * self.gain


class Holder:
    def __init__(self) -> None:
        self.layers = [Scale()]

    def forward(self, x: Any) -> Any:
        return self.layers[0].forward(x)

    def backward(self, grad: Any) -> Any:
        return self.layers[0].backward(grad)


def test_numbers_whose_gradient_is_stored_become_arrays() -> None:
    for own in (Scale(), Holder()):
        make_float_arrays(own)
        scale = own if isinstance(own, Scale) else own.layers[0]
        assert isinstance(scale.gain, np.ndarray)
        assert scale.gain == 1.5
        assert scale.steps.dtype == np.float64
        # What has no gradient stays as it is.
        assert (scale.rate, scale.count) == (0.1, 3)
        assert scale.table.dtype.kind == "i"


class OfTheModule:
    def forward(self, x: Any) -> Any:
        self.x = x
        return x @ w

    def backward(self, grad: Any) -> Any:
        global dw
        dw = self.x.T @ grad
        return grad @ w.T


class WithATable:
    def forward(self, x: Any) -> Any:
        return x * TABLE

    def backward(self, grad: Any) -> Any:
        return grad * TABLE


def test_weights_that_are_variables_of_the_module_are_told() -> None:
    with pytest.raises(StudentError, match=r"the gradient dw, but w is a variable of the module"):
        expect_all_found(OfTheModule(), "OfTheModule.backward", has_parameters=False)
    expect_all_found(WithATable(), "WithATable.backward", has_parameters=False)
    expect_all_found(Scale(), "Scale.backward", has_parameters=True)


def test_a_gradient_of_what_the_layer_does_not_hold_is_told() -> None:
    own = WithATable()
    own.dW = np.ones((3, 2))  # type: ignore[attr-defined]
    with pytest.raises(StudentError, match=r"leaves dW, and the layer holds no array"):
        expect_all_found(own, "backward", has_parameters=False)
    expect_all_found(own, "backward", has_parameters=True)
