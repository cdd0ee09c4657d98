"""Whether claimed gradients are those of a cost, at a few entries, before a check."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.near import CENTRAL_STEP
from nets.arrays import HostArray

__all__ = ["fit_of", "part_that_fits"]

PROBES = 5  # entries of each array: the largest claims and one at random
FITS = 1e-3  # the part by which claims and slopes may differ; see ``candidates``


def fit_of(
    readings: Sequence[NamedGradients],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
    *,
    any_factor: bool,
) -> float | None:
    """The factor with which one reading of the claimed gradients fits a cost; None if none does.

    Args:
        readings: of the gradients, one array in the shape of each value.
        cost: of the values.
        values: at which they were claimed.
        any_factor: whether a positive constant common to all arrays makes no difference; else
            the factor must be 1.

    """
    for reading in readings:
        claims, slopes = _probed(reading.arrays, cost, values)
        factor = 1.0
        if any_factor:
            size = float(slopes @ slopes)
            factor = float(claims @ slopes) / size if size else 0.0
        off = float(np.linalg.norm(claims - factor * slopes))
        if factor > 0.0 and off <= FITS * float(np.linalg.norm(claims)):
            return factor
    return None


def part_that_fits(
    readings: Sequence[NamedGradients],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
    *,
    any_factor: bool,
) -> tuple[int, float]:
    """How many arrays fit a cost by themselves, and the factor with which they do.

    If no cost fits all arrays, the one that fits the most is taken: a mistake in one layer does not
    change the layers after it.

    Args:
        readings: of the gradients, one array in the shape of each value.
        cost: of the values.
        values: at which they were claimed.
        any_factor: whether a positive constant makes no difference; else it must be 1.

    """
    best = 0, 1.0
    for reading in readings:
        factors = []
        for which in range(len(values)):
            claims, slopes = _probed_of(which, reading.arrays, cost, values)
            size = float(slopes @ slopes)
            factor = float(claims @ slopes) / size if size else 0.0
            off = float(np.linalg.norm(claims - factor * slopes))
            if factor > 0.0 and off <= FITS * float(np.linalg.norm(claims)):
                factors.append(factor)
        for factor in factors if any_factor else [1.0]:
            alike = sum(abs(each / factor - 1.0) <= FITS for each in factors)
            best = max(best, (alike, factor), key=lambda found: found[0])
    return best


def _probed(
    arrays: Sequence[HostArray],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
) -> tuple[HostArray, HostArray]:
    """Claims and slopes at some entries of each array."""
    each = [_probed_of(which, arrays, cost, values) for which in range(len(arrays))]
    claims, slopes = zip(*each, strict=True)
    return np.concatenate(claims), np.concatenate(slopes)


def _probed_of(
    which: int,
    arrays: Sequence[HostArray],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
) -> tuple[HostArray, HostArray]:
    """Claims and slopes at some entries of one array."""
    generator = np.random.default_rng([which])
    flat = np.nan_to_num(arrays[which].reshape(-1))
    some = {*np.argsort(np.abs(flat))[-PROBES:], int(generator.integers(flat.size))}
    claims, slopes = [], []
    for entry in some:
        moved = [np.array(value) for value in values]
        ends = []
        for side in (-CENTRAL_STEP, CENTRAL_STEP):
            moved[which] = np.array(values[which])
            moved[which].reshape(-1)[entry] += side
            ends.append(float(np.real(cost(moved))))
        claims.append(flat[entry])
        slopes.append((ends[1] - ends[0]) / (2.0 * CENTRAL_STEP))
    return np.array(claims), np.array(slopes)
