"""Functions that make many steps in one call are refused."""

from typing import Any

import pytest

from gradcheck.homework.understanding.by_trying.many_steps import expect_one_step
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.steps import Steps
from tests.gradcheck.homework.understanding.by_trying.nets import (
    Layer,
    code_of,
    learned_by,
    trial_of,
)


class Own(Layer):
    def __init__(self) -> None:
        super().__init__()
        self.n_epochs = 30
        self.depth = 3

    def until(self, x: Any, y: Any) -> None:
        while self.lr > 0:
            self.lr -= 1

    def number(self, x: Any, y: Any) -> None:
        for _ in range(100):
            self.train(x, y)

    def number_of_module(self, x: Any, y: Any) -> None:
        for _ in range(epochs):  # type: ignore[name-defined] # noqa: F821
            self.train(x, y)

    def held_elsewhere(self, x: Any, y: Any) -> None:
        for _ in range(self.settings.epochs):  # type: ignore[attr-defined]
            self.train(x, y)

    def held(self, x: Any, y: Any) -> None:
        for _ in range(self.n_epochs):
            self.train(x, y)

    def argument(self, x: Any, y: Any, epochs: int) -> None:
        for _ in range(100):
            self.train(x, y)

    def layers(self, x: Any, y: Any) -> None:
        for _ in range(self.depth):
            for _ in range(3):
                self.train(x, y)


def check(name: str) -> None:
    own = Own()
    expect_one_step(Steps((name,), trial_of(), learned_by(own, "W")), code_of(own))


@pytest.mark.parametrize("name", ["until", "number", "number_of_module", "held_elsewhere"])
def test_a_step_that_is_repeated_is_no_single_step(name: str) -> None:
    with pytest.raises(NoGradient, match=f"{name} makes many steps in one call.* such as epochs"):
        check(name)


@pytest.mark.parametrize("name", ["held", "argument", "layers", "train"])
def test_what_can_be_one_step_is_one(name: str) -> None:
    check(name)
