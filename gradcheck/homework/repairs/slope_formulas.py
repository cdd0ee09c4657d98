"""Derivatives of activation functions: the numbers, and the formula that is quoted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.diagnosis.known_functions import KNOWN_FUNCTIONS

__all__ = ["SLOPES", "SLOPE_CALL", "slope_text"]

SLOPE_CALL = "_gradcheck_slope"  # the name of our function in the student's module
# What binds a factor of a formula tighter than the formula itself.
BINDS_BEFORE = ("/", "@", "**")
BINDS_BEHIND = ("@", "**", ".", "[")


@dataclass(frozen=True)
class Slope:
    """The derivative of an activation function, as a factor.

    Attributes:
        text: of it; ``x`` stands for the array that it is taken of.
        of: from the array to the derivative, in its shape.

    """

    text: str
    of: Callable[[Any], Any]


SLOPES = (
    Slope("x * (1 - x)", lambda a: a * (1.0 - a)),
    Slope("(1 - x ** 2)", lambda a: 1.0 - a**2),
    Slope("(x > 0)", lambda a: np.asarray(a > 0.0, dtype=np.float64)),
    Slope("(1 - exp(-x))", lambda a: 1.0 - np.exp(-a)),
    Slope("where(x > 0, 1, x + 1)", lambda a: np.where(a > 0.0, 1.0, a + 1.0)),
    *(
        Slope(f"[derivative of {each.name} at x]", each.slope)
        for each in KNOWN_FUNCTIONS
        if not each.is_a_switch
    ),
)


def slope_text(text: str, slope: int | None) -> str:
    """The code of a statement, with the formula of a derivative where our function is called.

    >>> slope_text("d = g * _gradcheck_slope(self.a)", 1)
    'd = g * (1 - self.a ** 2)'
    """
    if slope is None:
        return text
    start = text.find(f"{SLOPE_CALL}(")
    while start >= 0:
        inside = start + len(SLOPE_CALL) + 1
        end = _closing(text, inside)
        formula = _with_argument(SLOPES[slope].text, text[inside:end])
        before, after = text[:start], text[end + 1 :]
        tight = before.rstrip().endswith(BINDS_BEFORE) or after.lstrip().startswith(BINDS_BEHIND)
        text = f"{before}({formula}){after}" if tight else f"{before}{formula}{after}"
        start = text.find(f"{SLOPE_CALL}(", start)
    return text


def _closing(text: str, inside: int) -> int:
    """Where the parenthesis is closed in which a position is."""
    depth = 1
    for place in range(inside, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)


def _with_argument(formula: str, argument: str) -> str:
    return re.sub(r"\bx\b", lambda _: argument, formula)
