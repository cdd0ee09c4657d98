"""Factors and terms that are missing: constants, and arrays that the function knows."""

import ast
import copy
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["missing_arrays", "missing_constants"]


COUNTS = re.compile(
    r"m|n|k|b|n_?\w*(examples?|samples?|batch)\w*|num\w*|count|\w*size|batch\w*", re.IGNORECASE
)
TARGETS = re.compile(r"(self\.)?(y|t|targets?|labels?|y_?\w{1,5})", re.IGNORECASE)
MOST_VALUES = 20  # variables that may be missing in one statement


def missing_constants(place: Place) -> Iterator[Repair]:
    """A result times 2, 1/2, the number of examples or of outputs, or divided by one of these."""
    sizes = [*place.sizes.examples, *place.sizes.outputs]
    factors = dict.fromkeys([2.0, 0.5, *(float(size) for size in sizes)])
    for site in place.results:
        for factor in factors:
            for op, claim in ((ast.Mult(), 1.0 / factor), (ast.Div(), factor)):
                if isinstance(op, ast.Div) and factor in (2.0, 0.5):
                    continue
                number = _number(place, factor)
                product = ast.BinOp(copy.deepcopy(site.node), op, number)
                cause = place.sizes.cause_of_factor(claim)
                yield Repair(cause, (site.replaced(product),), place)


def _number(place: Place, value: float) -> ast.expr:
    """A number, by its name if the function has one for it."""
    values = {} if place.scope is None or value in (2.0, 0.5) else place.scope.values()
    named = (
        text
        for text, held in values.items()
        if isinstance(held, int) and not isinstance(held, bool) and held == value
    )
    return ast.parse(next(named, f"{value:g}"), mode="eval").body


def missing_arrays(place: Place) -> Iterator[Repair]:
    """A result times a variable, divided by one, or with one added or subtracted."""
    values = {} if place.scope is None else place.scope.values()
    for site in place.results:
        for text, value in list(values.items())[:MOST_VALUES]:
            if isinstance(value, list | bool) or (isinstance(value, int) and not _counts(text)):
                continue
            for op in (ast.Mult(), ast.Div(), ast.Add(), ast.Sub()):
                other = ast.parse(text, mode="eval").body
                new = ast.BinOp(copy.deepcopy(site.node), op, other)
                yield Repair(_cause_of(place, op, text, value), (site.replaced(new),), place)


def _counts(text: str) -> bool:
    """Whether a whole number is called as a number of examples or entries is.

    Any other number may have the right value by chance: a width of 4, where 2 x 2 is needed.
    """
    return COUNTS.fullmatch(text.rpartition(".")[2]) is not None


def _cause_of(place: Place, op: ast.operator, text: str, value: Any) -> str:
    """The mistake if a variable is missing."""
    if isinstance(op, ast.Add | ast.Sub):
        return "term-missing"
    if isinstance(value, int | float | np.number) and value:
        is_quotient = isinstance(op, ast.Div)
        factor = float(value if is_quotient else 1.0 / value)
        if not isinstance(value, int | np.integer):
            return place.sizes.cause_of_factor(factor)
        of_a_count = "sum-for-mean" if is_quotient else "mean-for-sum"
        return place.sizes.cause_of_factor(factor, otherwise=of_a_count)
    # An array of 0s and 1s is ReLU's derivative, or a mask like it.
    is_mask = isinstance(value, np.ndarray) and bool(np.all((value == 0) | (value == 1)))
    is_mask = is_mask and TARGETS.fullmatch(text) is None
    return "missing-activation-derivative" if is_mask else "factor-missing"
