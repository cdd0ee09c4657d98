"""What a problem of the corpus is, the list of its families, and formulas that many of them share.

A formula is written once. It runs in NumPy, in autograd's NumPy (which gives the right gradient),
on complex numbers, on ``float32`` and on ``longdouble``. The module in use is its first argument.
"""

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[Any]
Formula = Callable[[Any, Sequence[Any], Sequence[Any]], Any]
Mask = NDArray[np.bool_]

CLEAN, NOISY, SCALED, EDGE, KINK = "clean", "noisy", "tiny-or-huge", "edge", "kink"
KINDS = (CLEAN, NOISY, SCALED, EDGE, KINK)


@dataclass(frozen=True)
class Problem:
    """A cost, a point, and what is known about the gradient there.

    Attributes:
        formula: the cost as mathematics has it; called as ``formula(module, parameters, data)``.
        parameters: the point, as ``float64`` arrays.
        data: the constants of the formula, so that they can be rounded together with the rest.
        right: the right gradient; None where autograd computes it.
        second: the same cost without ``numpy.linalg``, for ``longdouble``; None if not needed.
        computed: how the cost is computed where that is not the formula: rounded, in ``float32``.
        holomorphic: whether the cost takes complex numbers.
        reach: the longest step that the self-test may take, in units of the parameters.
        at_kink: the entries that lie on a kink, where every slope between the two is right.
        side: 1 where the cost is defined for no smaller parameters, 0 otherwise.

    """

    formula: Formula
    parameters: tuple[Array, ...]
    data: tuple[Any, ...] = ()
    right: tuple[Array, ...] | None = None
    second: Formula | None = None
    computed: Formula | None = None
    holomorphic: bool = True
    reach: float = math.inf
    at_kink: tuple[Mask, ...] | None = None
    side: int = 0

    def cost(self, parameters: Sequence[Any]) -> Any:
        """The cost as a user's program computes it; outside of its domain it is silently NaN."""
        with np.errstate(all="ignore"):
            return (self.computed or self.formula)(np, parameters, self.data)


Drawer = Callable[[Generator], Problem]


@dataclass(frozen=True)
class Family:
    """Problems of one sort: a name, a kind, and what draws one of them."""

    name: str
    kind: str
    draw: Drawer

    def problem(self, number: int, seed: int) -> Problem:
        """The problem of a number; it depends on no other family and on no other number."""
        return self.draw(np.random.default_rng([seed, zlib.crc32(self.name.encode()), number]))


FAMILIES: dict[str, Family] = {}


def family(kind: str = CLEAN) -> Callable[[Drawer], Drawer]:
    """Enter a drawing function into the list of families, under its own name."""

    def enter(draw: Drawer) -> Drawer:
        name = draw.__name__
        assert name not in FAMILIES, f"two families are called {name}"
        FAMILIES[name] = Family(name, kind, draw)
        return draw

    return enter


# Numbers to begin with.


def length(draw: Generator, least: int = 1, most: int = 8) -> int:
    """How many entries a vector has; both ends are possible."""
    return int(draw.integers(least, most + 1))


def normal(draw: Generator, *shape: int) -> Array:
    """Numbers from N(0, 1)."""
    return np.asarray(draw.standard_normal(shape))


def between(draw: Generator, low: float, high: float, *shape: int) -> Array:
    """Numbers spread evenly between two bounds."""
    return np.asarray(draw.uniform(low, high, shape))


def decades(draw: Generator, low: float, high: float, *shape: int) -> Array:
    """Powers of ten, their exponents spread evenly between two bounds."""
    return np.asarray(10.0 ** draw.uniform(low, high, shape))


def signs(draw: Generator, *shape: int) -> Array:
    """Ones, half of them negative."""
    return np.asarray(draw.choice([-1.0, 1.0], shape))


def one_hot(draw: Generator, classes: int, count: int) -> Array:
    """A label for each column, as a column of zeros with a single one."""
    return np.eye(classes)[:, draw.integers(0, classes, count)]


# Formulas that many families share.


def sigmoid(xp: Any, z: Any) -> Any:
    return 1.0 / (1.0 + xp.exp(-z))


def softplus(xp: Any, z: Any) -> Any:
    return xp.log1p(xp.exp(z))


def log_sum_exp(xp: Any, z: Any, axis: int = 0) -> Any:
    """The logarithm of a sum of exponentials; the largest is taken out first."""
    highest = xp.max(z, axis=axis, keepdims=True)
    summed = xp.log(xp.sum(xp.exp(z - highest), axis=axis, keepdims=True)) + highest
    return xp.sum(summed, axis=axis)


def softmax(xp: Any, z: Any, axis: int = 0) -> Any:
    raised = xp.exp(z - xp.max(z, axis=axis, keepdims=True))
    return raised / xp.sum(raised, axis=axis, keepdims=True)


def relu(xp: Any, z: Any) -> Any:
    return xp.maximum(z, 0.0)


def eliminated(xp: Any, matrix: Any, right_side: Any) -> tuple[Any, Any]:
    """Solve ``matrix @ x = right_side`` by elimination; also the logarithm of the determinant.

    It pivots nowhere, so it is for matrices that are positive definite or nearly so. In exchange
    it needs nothing but sums, products and quotients, and so takes any sort of numbers.
    """
    count = len(matrix)
    rows = xp.concatenate([matrix, right_side], axis=1)
    logarithm: Any = 0.0
    for step in range(count):
        pivot = rows[step]
        logarithm = logarithm + xp.log(pivot[step])
        pivot = pivot / pivot[step]
        others = [
            pivot if row == step else rows[row] - rows[row, step] * pivot for row in range(count)
        ]
        rows = xp.stack(others)
    return rows[:, count:], logarithm
