"""An object is read as a layer with the first input that works."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.read_layer import read_layer
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense, SquaredLoss, X


def test_the_arrays_of_a_layer_suggest_its_input() -> None:
    part = read_layer(Dense(), "Dense", Asked(), caller())
    assert part.arrays[0].value.shape == (10, 5)
    assert [array.name for array in part.arrays] == ["x", "w", "b"]


def test_a_known_input_is_used() -> None:
    part = read_layer(Dense(), "Dense", Asked(), caller(), X)
    np.testing.assert_array_equal(part.arrays[0].value, X)


def test_a_loss_receives_targets() -> None:
    part = read_layer(SquaredLoss(), "SquaredLoss", Asked(), caller())
    assert part.cost.name == "its own loss"


def test_an_object_without_backward_is_no_layer() -> None:
    class Half:
        def forward(self, x: Any) -> Any:
            return x

    with pytest.raises(StudentError, match="Half is no layer; its methods are: forward"):
        read_layer(Half(), "Half", Asked(), caller())


def test_the_error_of_backward_is_told_rather_than_those_of_inputs_that_do_not_fit() -> None:
    class Broken(Dense):
        def backward(self, grad: Any) -> Any:
            raise RuntimeError("no idea")

    with pytest.raises(StudentError, match="RuntimeError: no idea"):
        read_layer(Broken(), "Broken", Asked(), caller())
