"""Parameters for functions that take them as arguments, where no function makes them."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.size_names import size_meant
from gradcheck.homework.understanding.where_parameters_are import NUMBERED_NAMES
from nets.arrays import HostArray

__all__ = ["invented_parameters"]

# Neurons of each layer, as many as are needed: all different, so that every shape has one meaning.
USUAL_SIZES = (6, 5, 4, 3, 2)
# The names of lists of arrays.
LISTS = {"weights": "biases", "ws": "bs", "W": "b", "w": "b"}
# Weights with the biases inside.
THETA = re.compile(r"(?:theta|tita)_?(\d+)", re.IGNORECASE)

Parameters = tuple[dict[Any, Any], tuple[int, ...]]


def invented_parameters(
    functions: Mapping[str, Callable[..., Any]], asked: Asked
) -> list[Parameters]:
    """Random arrays under the names of arguments such as W1 and b1, or ``weights`` and ``biases``.

    Args:
        functions: whose arguments they are.
        asked: sizes and seed.

    Returns:
        The arrays and the sizes, once for each usual layout: weights (n_down, n_up) with biases
        (n_down, 1) or flat, and weights (n_up, n_down) with biases flat or (1, n_down); for
        ``Theta1`` and the like (n_down, n_up + 1) or (n_up + 1, n_down), with the biases inside.
        The list is empty where no arguments have such names.

    """
    names = {name for function in functions.values() for name in roles_in(function)}
    return _with_bias_inside(names, asked) or _with_own_biases(names, asked)


def _with_bias_inside(names: set[str], asked: Asked) -> list[Parameters]:
    """Arrays for ``Theta1``, ``Theta2``: each has a row or a column for the biases."""
    thetas = [each[0] for each in sorted(filter(None, map(THETA.fullmatch, names)), key=_number)]
    sizes = asked.sizes or USUAL_SIZES[: len(thetas) + 1]
    if not thetas or len(sizes) != len(thetas) + 1:
        return []
    told = {"input": sizes[0], "hidden": sizes[1], "output": sizes[-1], "layers": [*sizes]}
    numbers = {name: told[meant] for name in names if (meant := size_meant(name)) is not None}
    found: list[Parameters] = []
    for transposed in (False, True):
        generator = np.random.default_rng([asked.seed, 6])
        drawn = [generator.standard_normal((n, up + 1)) / 2 for up, n in pairwise(sizes)]
        arrays = [each.T.copy() if transposed else each for each in drawn]
        found.append(({**dict(zip(thetas, arrays, strict=True)), **numbers}, sizes))
    return found


def _number(match: re.Match[str] | None) -> int:
    return 0 if match is None else int(match[1])


def _with_own_biases(names: set[str], asked: Asked) -> list[Parameters]:
    """Arrays for W1 and b1, or for lists of weights and biases."""
    numbered = {
        kind: [
            each
            for _, each in sorted((int(m[1]), m[0]) for m in map(pattern.fullmatch, names) if m)
        ]
        for kind, pattern in NUMBERED_NAMES.items()
    }
    lists = next(((w, b) for w, b in LISTS.items() if {w, b} <= names), None)
    layers = len(numbered["weights"])
    if lists is None and (not layers or len(numbered["biases"]) not in (0, layers)):
        return []
    sizes = asked.sizes or USUAL_SIZES[: (layers if lists is None else 2) + 1]
    if lists is None and len(sizes) != layers + 1:
        return []
    found = []
    for transposed, bias in ((False, (-1, 1)), (True, (1, -1)), (True, (-1,)), (False, (-1,))):
        arrays = _drawn(sizes, transposed=transposed, bias=bias, seed=asked.seed)
        if lists is not None:
            root: dict[Any, Any] = {lists[0]: arrays["weights"], lists[1]: arrays["biases"]}
        else:
            root = {
                name: array
                for kind, own in numbered.items()
                for name, array in zip(own, arrays[kind], strict=False)
            }
        found.append((root, sizes))
    return found


def _drawn(
    sizes: tuple[int, ...], *, transposed: bool, bias: tuple[int, ...], seed: int
) -> dict[str, list[HostArray]]:
    """Random weights and biases for each layer."""
    generator = np.random.default_rng([seed, 6])
    weights = [
        generator.standard_normal((up, down) if transposed else (down, up)) / np.sqrt(up)
        for up, down in pairwise(sizes)
    ]
    biases = [0.1 * generator.standard_normal(down).reshape(bias) for down in sizes[1:]]
    return {"weights": weights, "biases": biases}
