"""Submissions written for the tests: files, and a class in memory."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller
from gradcheck.homework.submission import Submission
from gradcheck.homework.understanding.find_parameters import find_parameters
from gradcheck.homework.understanding.student_network import NetworkBuilder, StudentNetwork
from nets.arrays import HostArray
from tests.conftest import ROOT

__all__ = [
    "FOLDER",
    "PASSES_OF_A_CHAIN",
    "SIZES",
    "Book",
    "batch_of",
    "builder_of",
    "caller",
    "student_of",
    "submission",
]

FOLDER = ROOT / "tests" / "gradcheck" / "homework" / "submissions"
SIZES = (6, 4, 4, 3)
# The methods of a class that goes through self.layers.
PASSES_OF_A_CHAIN = """
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad
"""


def submission(
    path: Path, class_name: str, sizes: Sequence[int] = SIZES, *, batch: int = 5, **given: Any
) -> Submission:
    """A class in a file, with dense inputs and one-hot targets."""
    examples = batch_of(sizes, batch)
    return Submission(path, class_name, tuple(sizes), examples.inputs, examples.targets, **given)


def batch_of(sizes: Sequence[int], batch: int = 5) -> MiniBatch:
    """Dense inputs and one-hot targets."""
    generator = np.random.default_rng(3)
    inputs = generator.random((sizes[0], batch))
    targets = np.eye(sizes[-1])[:, generator.integers(0, sizes[-1], batch)]
    return MiniBatch(inputs, targets)


def caller(path: Path = Path("homework.py"), announced: list[str] | None = None) -> Caller:
    """Guards the calls of a class in memory; what it announces goes into a list."""
    names = [] if announced is None else announced
    return Caller(path, names.append)


class Book:
    """A right class in memory, in the form of the book: one example at a time."""

    def __init__(self, sizes: Sequence[int]) -> None:
        generator = np.random.default_rng(1)
        shapes = [(n, m) for m, n in pairwise(sizes)]
        self.weights = [generator.standard_normal(shape) for shape in shapes]
        self.biases = [generator.standard_normal((n, 1)) for n, _ in shapes]

    def feedforward(self, a: HostArray) -> HostArray:
        for w, b in zip(self.weights, self.biases, strict=True):
            a = 1.0 / (1.0 + np.exp(-(w @ a + b)))
        return a

    def backprop(self, x: HostArray, y: HostArray) -> tuple[list[HostArray], list[HostArray]]:
        activations = [x]
        for w, b in zip(self.weights, self.biases, strict=True):
            activations.append(1.0 / (1.0 + np.exp(-(w @ activations[-1] + b))))
        nabla_b: list[HostArray] = []
        nabla_w: list[HostArray] = []
        delta = activations[-1] - y
        for w, up, down in zip(
            self.weights[::-1], activations[-2::-1], activations[:0:-1], strict=True
        ):
            delta = delta * down * (1.0 - down)
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ up.T)
            delta = w.T @ delta
        return nabla_b, nabla_w


def builder_of(built: Any, sizes: Sequence[int] = SIZES) -> NetworkBuilder:
    """Builds networks of a class in memory."""
    return NetworkBuilder(built, built.__name__, sizes, 0, caller())


def student_of(own: Any, sizes: Sequence[int] = SIZES) -> StudentNetwork:
    """A network of a class in memory, with its parameters found."""
    return StudentNetwork(own, find_parameters(own, sizes, caller()), caller())
