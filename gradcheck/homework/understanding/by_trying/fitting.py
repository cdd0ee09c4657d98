"""Whether claimed gradients are those of a cost, at a few entries, before a check."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedGradients
from nets.arrays import HostArray

__all__ = ["fit_of"]

PROBES = 5  # entries of each array: the largest claims and one at random
STEP = 1e-5  # of central differences: about the cube root of the unit round-off
FITS = 1e-3  # the part by which claims and slopes may differ; see ``candidates``


def fit_of(
    readings: Sequence[NamedGradients],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
    *,
    any_factor: bool,
) -> float | None:
    """The factor with which some reading of claimed gradients fits a cost; None if none does.

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


def _probed(
    arrays: Sequence[HostArray],
    cost: Callable[[Sequence[HostArray]], Any],
    values: Sequence[HostArray],
) -> tuple[HostArray, HostArray]:
    """Claims and slopes at some entries of each array."""
    generator = np.random.default_rng(0)
    claims, slopes = [], []
    for which, array in enumerate(arrays):
        flat = np.nan_to_num(array.reshape(-1))
        some = {*np.argsort(np.abs(flat))[-PROBES:], int(generator.integers(flat.size))}
        for entry in some:
            moved = [np.array(value) for value in values]
            ends = []
            for side in (-STEP, STEP):
                moved[which] = np.array(values[which])
                moved[which].reshape(-1)[entry] += side
                ends.append(float(np.real(cost(moved))))
            claims.append(flat[entry])
            slopes.append((ends[1] - ends[0]) / (2.0 * STEP))
    return np.array(claims), np.array(slopes)
