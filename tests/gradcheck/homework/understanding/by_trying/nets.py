"""Small right networks in memory, in the forms that are found out by trying."""

import pathlib
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS
from gradcheck.homework.understanding.by_trying.leaves import Path
from gradcheck.homework.understanding.by_trying.outputs import Forward
from gradcheck.homework.understanding.by_trying.trial import Trial
from nets.arrays import HostArray
from tests.gradcheck.homework.students import batch_of, caller

FILE = pathlib.Path(__file__)
__all__ = ["BATCH", "ROWS", "Layer", "code_of", "learned_by", "path_to", "trial_of"]

BATCH = batch_of((4, 3), 5)
ROWS = HANDOVERS[0]  # a whole mini-batch, an example in each row


class Layer:
    """One layer of tanh: its cost is half the sum of squares over the number of examples."""

    def __init__(self) -> None:
        generator = np.random.default_rng(2)
        self.W = generator.standard_normal((4, 3))
        self.b = generator.standard_normal(3)
        self.lr = 0.5

    def forward(self, x: HostArray) -> HostArray:
        return np.tanh(x @ self.W + self.b)

    def loss(self, x: HostArray, y: HostArray) -> float:
        return float(0.5 * np.sum((self.forward(x) - y) ** 2) / len(x))

    def backward(self, x: HostArray, y: HostArray) -> Any:
        out = self.forward(x)
        delta = (out - y) * (1 - out**2) / len(x)
        return {"dW": x.T @ delta, "db": delta.sum(axis=0)}

    def train(self, x: HostArray, y: HostArray) -> None:
        found = self.backward(x, y)
        self.W = self.W - self.lr * found["dW"]
        self.b = self.b - self.lr * found["db"]


def path_to(*steps: Any) -> Path:
    """A path of attributes."""
    return Path(tuple((isinstance(step, str), step) for step in steps))


def code_of(own: Any, **given: Any) -> Code:
    """An object with its methods."""
    # Tracebacks show the lines of the files beside this one, as a student's folder.
    return Code(own, type(own).__name__, caller(FILE), **given)


def learned_by(own: Any, *names: str) -> Learned:
    """The arrays of an object that are learned."""
    paths = tuple(path_to(name) for name in names)
    return Learned(paths, tuple(np.array(getattr(own, name), dtype=float) for name in names))


def trial_of(forward: str | None = "forward") -> Trial:
    """A mini-batch in rows, with a forward pass of this name."""
    return Trial(BATCH, ROWS, None if forward is None else Forward(forward, 3))
