"""Biases that are regularised in the gradient, and not in the cost."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck.homework.repairs.change import text_of
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["regularised_biases"]

STRENGTH = re.compile(r"\b\w*(reg|lam|l2|decay|alpha|penalty)\w*\b|\bl\b", re.IGNORECASE)
# An array with its first entry, row or column times 0, by its number of axes.
WITHOUT_FIRST = {
    1: ("{0} * ([0] + [1] * (len({0}) - 1))",),
    2: ("{0} * ([0] + [1] * ({0}.shape[1] - 1))", "{0} * ([[0]] + [[1]] * (len({0}) - 1))"),
}


def regularised_biases(place: Place) -> Iterator[Repair]:
    """A factor beside a strength of regularisation, with 0 in its first entry, row or column.

    The biases are there if weights and biases are in one array.
    """
    if place.scope is None or not STRENGTH.search(text_of(place.node)):
        return
    for site in place.sites:
        is_factor = isinstance(site.parent, ast.BinOp) and isinstance(site.parent.op, ast.Mult)
        if not is_factor or not isinstance(site.node, ast.Name | ast.Attribute):
            continue
        value: Any = place.scope.value_of(site.node)
        for form in WITHOUT_FIRST.get(np.ndim(value), ()) if hasattr(value, "shape") else ():
            new = ast.parse(form.format(ast.unparse(site.node)), mode="eval").body
            yield Repair("bias-regularised", (site.replaced(new),), place)
