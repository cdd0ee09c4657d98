"""Layers and chains of layers are built from classes."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.build_layer import build_layer, build_sequence
from gradcheck.homework.understanding.layers.layer_classes import is_chain_class
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense
from tests.gradcheck.homework.understanding.layers.test_chain import Net, Tanh


class Sized(Dense):
    def __init__(self, n_in: int, n_out: int) -> None:
        super().__init__()
        self.sizes = (n_in, n_out)


class Stack(Net):
    def __init__(self, layers: list[Any]) -> None:
        self.layers = layers


def test_sizes_that_were_asked_for_are_given() -> None:
    assert build_layer(Sized, "Sized", Asked(), caller()).sizes == (5, 4)
    assert build_layer(Sized, "Sized", Asked(sizes=(8, 3)), caller()).sizes == (8, 3)


def test_a_chain_is_put_together_of_a_dense_layer_and_an_activation() -> None:
    assert is_chain_class(Stack)
    assert not is_chain_class(Sized)
    classes = {"Dense": Sized, "Tanh": Tanh, "Stack": Stack}
    own = build_sequence(Stack, "Stack", classes, Asked(), caller())
    assert own is not None
    assert {type(each) for each in own.layers} == {Sized, Tanh}


def test_what_a_constructor_raises_is_told() -> None:
    class Broken(Dense):
        def __init__(self) -> None:
            raise RuntimeError("no idea")

    with pytest.raises(StudentError, match=r"Broken\(\) raised RuntimeError: no idea"):
        build_layer(Broken, "Broken", Asked(), caller())


class AddRow:
    def __init__(self, bias: np.ndarray) -> None:
        assert bias.shape[0] == 1
        self.param = bias


class Multiply:
    def __init__(self, param: np.ndarray) -> None:
        self.param = param


class Seeded:
    seed: int

    def forward(self, x: Any) -> Any:
        return x + self.seed


def test_an_operation_of_one_array_gets_a_row_or_a_matrix() -> None:
    assert build_layer(AddRow, "AddRow", Asked(), caller()).param.shape == (1, 5)
    assert build_layer(Multiply, "Multiply", Asked(), caller()).param.shape == (5, 4)


def test_a_seed_that_a_network_would_give_is_given() -> None:
    assert build_layer(Seeded, "Seeded", Asked(seed=3), caller()).seed == 3
    assert not hasattr(build_layer(Sized, "Sized", Asked(), caller()), "seed")
