"""Gradients that are the measured ones times a factor."""

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.checked_array import CheckedArray, CheckedArrays, Explanation
from gradcheck.diagnosis.named_factors import FACTORS
from gradcheck.verdicts.report_notes import NEARLY

__all__ = ["averaged_biases", "common_factor", "other_factor"]

# A part of a slope. A factor without a known name is reported only if the slopes are known to this
# part of them, at two entries or more: any two numbers are in some ratio. Chosen.
WELL_KNOWN = 1e-3
# Factors closer to 1 than this are told as digits, not as a mistake.
LEAST_FACTOR = 10.0**-NEARLY


def common_factor(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A factor that has a name: -1, 2, 1/2, the number of examples, ...

    Args:
        array: a wrong array.
        all_of_them: with the sizes.

    """
    m, n = all_of_them.batch_size, all_of_them.outputs
    for factor in FACTORS:
        value = factor.value(m, n)
        if value is not None and _is_multiple(array, value):
            says = factor.says.format(m=m, n=n)
            sizes = "" if factor.has_sizes else _same_size(value, array, all_of_them)
            return Explanation(factor.name, says, sizes)
    return None


def _is_multiple(array: CheckedArray, value: float) -> bool:
    predicted, tolerance = value * array.slopes, abs(value) * array.tolerance
    return array.is_explained(predicted, tolerance=tolerance)


def _same_size(value: float, array: CheckedArray, all_of_them: CheckedArrays) -> str:
    """Which sizes are equal to a factor or to its inverse, a sentence; empty if none is."""
    size = max(abs(value), 1.0 / abs(value))
    found = [
        text
        for each, text in _sizes(array, all_of_them)
        if each > 1 and abs(size - each) <= WELL_KNOWN * each
    ]
    return f"{round(size)} is also {' and '.join(found[:2])}." if found else ""


def _sizes(array: CheckedArray, all_of_them: CheckedArrays) -> Iterator[tuple[int, str]]:
    if all_of_them.batch_size is not None:
        yield all_of_them.batch_size, "the number of examples"
    if all_of_them.outputs is not None:
        yield all_of_them.outputs, "how many numbers one output has"
    first = [array, *(each for each in all_of_them.arrays if each is not array)]
    for each in first:
        for axis, size in enumerate(each.report.shape):
            yield size, f"the length of axis {axis} of {each.report.name}"


def averaged_biases(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A bias-like array divided by the number of examples, where other gradients are right.

    Args:
        array: a wrong array.
        all_of_them: with the number of examples.

    """
    m, shape = all_of_them.batch_size, array.report.shape
    is_vector = sum(size > 1 for size in shape) == 1
    if (
        m is None
        or m < 2
        or not is_vector
        or not all_of_them.right
        or not _is_multiple(array, 1.0 / m)
    ):
        return None
    return Explanation(
        "bias-averaged", f"It is the mean over the m = {m} examples; it should be their sum."
    )


def other_factor(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A factor without a name, the same at all entries, of which two or more are well measured.

    Args:
        array: a wrong array.
        all_of_them: with the sizes.

    """
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(array.sharp, array.tolerance / np.abs(array.slopes), np.inf)
    best = int(np.argmin(part))
    if np.count_nonzero(part <= WELL_KNOWN) < 2:
        return None
    value = float(array.claimed[best] / array.slopes[best])
    if not np.isfinite(value) or value == 0.0 or abs(value - 1.0) <= LEAST_FACTOR:
        return None
    # The factor itself is only as well known as that entry.
    tolerance = abs(value) * (array.tolerance + part[best] * np.abs(array.slopes))
    if not array.is_explained(value * array.slopes, tolerance=tolerance, least=2):
        return None
    says = f"It is {_factor_text(value)} the measured gradient."
    return Explanation("constant-factor", says, _same_size(value, array, all_of_them))


def _factor_text(value: float) -> str:
    """A factor in words: ``3 times``, ``1/3 of``."""
    inverse = 1.0 / value
    if abs(inverse) > 1.5 and abs(inverse - round(inverse)) <= WELL_KNOWN:
        return f"{'-' if value < 0.0 else ''}1/{abs(round(inverse))} of"
    return f"{value:.6g} times"
