"""Fully connected layers and normalisations, alone and followed by an activation."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from gradcheck.homework.known_operations.operation import Given, Operation, Outputs
from nets.arrays import HostArray

__all__ = ["LAYERS"]

# In the square root of a normalisation, where the function does not say its own: those in use.
EPSILONS = (1e-5, 1e-3, 1e-4, 1e-6, 1e-8, 1e-2)
# How much an output may differ, as a part of the largest entry, for an epsilon between them. It
# is chosen, for numbers whose variance is near 1.
CLOSE_NORMALISED = 3e-3
AFFINE = r"(affine|linear|dense|fc|fully_connected|inner_product)"
SLOPES = ("slope", "alpha", "negative_slope", "leak", "leaky_slope", "leakiness")


def _affine(given: Given) -> Iterator[HostArray]:
    """The examples may be rows or columns of x, and the weights may be transposed."""
    x, w = given.arrays["x"], given.arrays["w"]
    b = given.arrays.get("b", np.zeros(()))
    rows = x.reshape(x.shape[0], -1) if x.ndim else x
    for left, right in ((rows, w), (x, w), (x, w.T), (w, x), (w.T, x), (rows, w.T)):
        try:
            yield left @ right + b
        except ValueError:
            continue  # the shapes do not fit


def _followed_by(function: Callable[[HostArray], HostArray]) -> Outputs:
    return lambda given: map(function, _affine(given))


def _leaky(given: Given) -> Iterator[HostArray]:
    """Where x < 0, slope times x; where the slope is not known, any that is between 0 and 1."""
    x, output = given.arrays["x"], given.output
    slopes = [float(given.settings[name]) for name in SLOPES if name in given.settings]
    if not slopes and output.shape == x.shape and np.any(x < 0.0):
        slopes = [float(np.median(output[x < 0.0] / x[x < 0.0]))]
    for slope in slopes:
        if 0.0 <= slope < 1.0:
            yield np.where(x > 0.0, x, slope * x)
        else:
            yield np.maximum(x, 0.0)


def _normalised(*, over_examples: bool) -> Outputs:
    """``gamma * (x - mean) / sqrt(variance + eps) + beta``, with the usual variance or n - 1.

    Args:
        over_examples: whether the mean is one over the examples, or over the features of each.

    """

    def outputs(given: Given) -> Iterator[HostArray]:
        x, gamma, beta = (given.arrays[name] for name in ("x", "gamma", "beta"))
        if x.ndim != 2 or given.settings.get("mode", "train") != "train":
            return
        names = [name for name in ("eps", "epsilon") if name in given.settings]
        epsilons = [given.settings[names[0]]] if names else EPSILONS
        examples = 1 if gamma.shape == (x.shape[0], 1) else 0  # the axis of the examples
        axis = examples if over_examples else 1 - examples
        if gamma.size != x.shape[1 - examples]:
            return
        for epsilon, less in product(epsilons, (0, 1)):
            mean, variance = x.mean(axis, keepdims=True), x.var(axis, ddof=less, keepdims=True)
            yield gamma * ((x - mean) / np.sqrt(variance + epsilon)) + beta

    return outputs


XW, XWB, NORM = ("x", "w"), ("x", "w", "b"), ("x", "gamma", "beta")
NORMALISED = "gamma (x - mean) / sqrt(variance + eps) + beta"
LAYERS = (
    Operation(AFFINE, XWB, "x w + b", _affine),
    Operation(AFFINE, XW, "x w", _affine),
    Operation(r"matmul", XW, "x w", _affine),
    Operation(
        rf"{AFFINE}_?re_?lu", XWB, "max(0, x w + b)", _followed_by(lambda z: np.maximum(z, 0.0))
    ),
    Operation(
        rf"{AFFINE}_?sigmoid",
        XWB,
        "1 / (1 + exp(-(x w + b)))",
        _followed_by(lambda z: 1.0 / (1.0 + np.exp(-z))),
    ),
    Operation(rf"{AFFINE}_?tanh", XWB, "tanh(x w + b)", _followed_by(np.tanh)),
    Operation(r"leaky_?re_?lu", ("x",), "x where x > 0, and a part of x elsewhere", _leaky),
    Operation(
        r"batch_?norm(ali[sz]ation)?(_?1d)?|bn",
        NORM,
        f"{NORMALISED} over the examples",
        _normalised(over_examples=True),
        CLOSE_NORMALISED,
    ),
    Operation(
        r"layer_?norm(ali[sz]ation)?|ln",
        NORM,
        f"{NORMALISED} over the features of each example",
        _normalised(over_examples=False),
        CLOSE_NORMALISED,
    ),
)
