"""A file of layers: the network that it puts together, else each layer by itself."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError, Unread
from gradcheck.homework.understanding.layers.file_of_layers import open_file_of_layers
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense, SquaredLoss
from tests.gradcheck.homework.understanding.layers.test_chain import Net, Tanh
from tests.gradcheck.homework.understanding.layers.test_layer_classes import module_of


class Other(Net):
    pass


class Broken(Dense):
    def backward(self, grad: Any) -> Any:
        raise RuntimeError("no idea")


def opened(**layers: type) -> Any:
    return open_file_of_layers(module_of(**layers), layers, Asked(), caller())


def test_layers_that_belong_to_no_network_are_parts() -> None:
    contract = opened(Dense=Dense, Tanh=Tanh)
    assert [part.name for part in contract.parts] == ["Dense", "Tanh"]
    assert contract.layers == 0


def test_what_a_network_does_not_use_stands_beside_its_layers() -> None:
    contract = opened(Dense=Dense, Tanh=Tanh, SquaredLoss=SquaredLoss, Net=Net)
    names = [part.name for part in contract.parts]
    assert names[0] == "Net"
    assert names[1 + contract.layers :] == ["SquaredLoss"]
    broken = opened(Dense=Dense, Tanh=Tanh, Broken=Broken, Net=Net)
    assert len(broken.parts) == 1 + broken.layers
    assert [(each.name, each.is_open) for each in broken.left_out] == [("Broken", True)]


def test_of_several_networks_one_must_be_chosen() -> None:
    with pytest.raises(Unread, match="has 2 networks of layers: Net, Other"):
        opened(Net=Net, Other=Other)


def test_a_layer_that_fails_is_left_out_and_told() -> None:
    contract = opened(Dense=Dense, Broken=Broken)
    assert [part.name for part in contract.parts] == ["Dense"]
    ((left, is_open),) = [(each, each.is_open) for each in contract.left_out]
    assert (left.name, is_open) == ("Broken", True)
    assert "RuntimeError: no idea" in left.line
    with pytest.raises(StudentError, match="RuntimeError: no idea"):
        opened(Broken=Broken)


class Softmax:
    """Of columns; ``own`` says whether backward has its derivative."""

    own = False

    def forward(self, x: Any) -> Any:
        powers = np.exp(x - x.max(axis=0))
        self.p = powers / powers.sum(axis=0)
        return self.p

    def backward(self, grad: Any) -> Any:
        return self.p * (grad - np.sum(grad * self.p, axis=0)) if self.own else grad


class CrossEntropy:
    def forward(self, prediction: Any, target: Any) -> Any:
        self.difference = prediction - target
        return -np.sum(target * np.log(prediction)) / target.shape[1]

    def backward(self) -> Any:
        return self.difference / self.difference.shape[1]


def test_a_softmax_may_leave_its_derivative_to_the_loss() -> None:
    contract = opened(Dense=Dense, Softmax=Softmax, CrossEntropy=CrossEntropy)
    assert [part.name for part in contract.parts] == ["Dense", "CrossEntropy"]
    assert [(each.name, each.is_open) for each in contract.left_out] == [("Softmax", False)]
    alone = opened(Dense=Dense, Softmax=Softmax)
    assert [each.is_open for each in alone.left_out] == [True]


def test_only_one_of_softmax_and_loss_may_have_the_derivative(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Softmax, "own", True)
    contract = opened(Dense=Dense, Softmax=Softmax, CrossEntropy=CrossEntropy)
    assert [part.name for part in contract.parts] == ["Dense", "Softmax", "CrossEntropy"]
    assert [(each.name, each.is_open) for each in contract.left_out] == [
        ("CrossEntropy after Softmax", True)
    ]


class EndsInSoftmax(Net):
    def __init__(self) -> None:
        super().__init__()
        self.layers.append(Softmax())


def test_a_softmax_inside_a_network_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Softmax, "own", True)
    layers = {"Dense": Dense, "Tanh": Tanh, "Softmax": Softmax, "CrossEntropy": CrossEntropy}
    contract = opened(**layers, EndsInSoftmax=EndsInSoftmax)
    assert contract.layers
    assert [(each.name, each.is_open) for each in contract.left_out] == [
        ("CrossEntropy after layer 3 (Softmax)", True)
    ]
