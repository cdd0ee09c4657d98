"""A forward function and its backward, for the tests."""

from typing import Any

import numpy as np

from gradcheck.verdicts.functions.pair import FunctionPair, function_pair

__all__ = ["ARRAYS", "ARRIVING", "affine_backward", "affine_forward", "pair_of"]

GENERATOR = np.random.default_rng(4)
ARRAYS = {"x": GENERATOR.standard_normal((3, 4)), "w": GENERATOR.standard_normal((4, 2))}
ARRIVING = GENERATOR.standard_normal((3, 2))


def affine_forward(x: Any, w: Any) -> Any:
    return x @ w, (x, w)


def affine_backward(dout: Any, cache: Any) -> Any:
    x, w = cache
    return dout @ w.T, x.T @ dout


def pair_of(forward: Any = affine_forward, backward: Any = affine_backward) -> FunctionPair:
    """The two functions with inputs."""
    return function_pair(forward, backward, ARRAYS)
