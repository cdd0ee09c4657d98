"""Options that are off by default are found and turned on."""

import inspect
from typing import Any

from gradcheck.homework.understanding.pieces.switches import Switch, switched, switches_of


class Net:
    def __init__(
        self,
        n: int,
        normalization: Any = None,
        dropout: float = 1,
        use_batchnorm: bool = False,
        keep_prob: float = 0.8,
        reg: float = 0.0,
    ) -> None:
        self.given = (n, normalization, dropout, use_batchnorm, keep_prob, reg)

    def loss(self, x: Any, train_flg: bool = False) -> Any:
        return x, train_flg

    def forward(self, x: Any, training: bool = False) -> Any:
        return x, training


def test_only_options_that_are_off_are_turned_on() -> None:
    assert switches_of(Net) == [
        Switch("normalization", "batchnorm"),
        Switch("normalization", "layernorm"),
        Switch("dropout", 0.5),
        Switch("use_batchnorm", True),
    ]


def test_the_class_is_built_with_the_option_and_signs_so() -> None:
    kind = switched(Net, Switch("dropout", 0.5))
    assert kind(3).given == (3, None, 0.5, False, 0.8, 0.0)
    assert kind(3, None, 0.9).given[2] == 0.9
    assert inspect.signature(kind).parameters["dropout"].default == 0.5
    assert inspect.signature(Net).parameters["dropout"].default == 1


def test_its_passes_are_those_of_training() -> None:
    kind = switched(Net, Switch("dropout", 0.5))
    assert kind(3).loss(1) == (1, True)
    assert kind(3).loss(1, False) == (1, False)
    assert kind(3).forward(1) == (1, True)
    assert Net(3).loss(1) == (1, False)
