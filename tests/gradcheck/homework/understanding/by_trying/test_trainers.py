"""Functions that may update the arrays."""

from typing import Any

from gradcheck.homework.understanding.by_trying.trainers import trainers
from tests.gradcheck.homework.understanding.by_trying.nets import code_of


def test_functions_that_may_update_the_arrays_those_of_one_step_first() -> None:
    class Own:
        def train(self, x: Any, y: Any) -> None: ...
        def step(self, x: Any, y: Any) -> None: ...
        def apply_update(self, lr: float = 0.1) -> None: ...
        def backward(self, x: Any, y: Any) -> None: ...
        def train_accuracy(self, x: Any, y: Any) -> None: ...
        def layer_backward(self, dout: Any) -> None: ...

    found = trainers(code_of(Own()))
    assert found[:3] == [("step",), ("backward",), ("train",)]
    assert ("apply_update",) in found
    assert ("backward", "apply_update") in found
    assert not any("accuracy" in name or "layer" in name for each in found for name in each)
