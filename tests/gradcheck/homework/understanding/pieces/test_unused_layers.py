"""The layers that a network does not use."""

from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.pieces.unused_layers import unused_layers
from gradcheck.homework.understanding.pieces.used_code import code_of
from tests.gradcheck.homework.students import caller


class Tanh:
    def forward(self, x: Any) -> Any:
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad: Any) -> Any:
        return grad * (1 - self.out**2)


MODULE = StudentModule(Path("homework.py"), {"Tanh": Tanh}, __name__)


def test_a_layer_that_is_not_used_is_a_part_and_one_that_is_used_is_not() -> None:
    parts = list(unused_layers(MODULE, "Net", frozenset(), Asked(), caller()))
    assert [part.name for part in parts] == ["Tanh"]
    code = code_of(Tanh.backward)
    assert code is not None
    assert not list(unused_layers(MODULE, "Net", frozenset({code}), Asked(), caller()))
