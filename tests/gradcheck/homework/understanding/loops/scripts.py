"""Training loops of scripts, with a pass of each."""

import ast
from typing import Any

import numpy as np

from gradcheck.homework.understanding.loops.find import loops_in
from gradcheck.homework.understanding.loops.one_pass import OnePass, passes_of
from tests.gradcheck.homework.students import caller

__all__ = ["BEFORE", "LOOP", "first_pass", "passes_in"]

BEFORE = """
import numpy as np
rng = np.random.default_rng(3)
X, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 3))
W, b, rate = rng.normal(size=(2, 3)), rng.normal(size=3), 0.25
"""
LOOP = """
for epoch in range(100):
    out = np.tanh(X @ W + b)
    loss = 0.5 * np.sum((out - y) ** 2) / 6
    delta = (out - y) * (1 - out ** 2) / 6
    W = W - rate * X.T @ delta
    b -= rate * delta.sum(axis=0)
"""


def passes_in(loop: str, before: str = BEFORE, **names: Any) -> list[OnePass]:
    """The passes of the only loop of some code, after what comes before it."""
    own: dict[str, Any] = {"np": np, **names}
    exec(before, own)
    (found,) = loops_in(ast.parse(loop))
    return passes_of(found.loop, "the loop", own, caller(), 0)


def first_pass(loop: str = LOOP, before: str = BEFORE, **names: Any) -> OnePass:
    """The pass in which inner loops are whole."""
    return passes_in(loop, before, **names)[0]
