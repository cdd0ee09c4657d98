"""Arrays as a check leaves them, made from claims and from the right gradients."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.diagnosis.checked_array import CheckedArray, CheckedArrays, ClaimedArray
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["alone", "checked", "right_gradient"]


def right_gradient(*shape: int, seed: int = 0) -> HostArray:
    """A gradient whose entries are of ordinary size, none of them near zero."""
    draw = np.random.default_rng(seed)
    return np.asarray(draw.uniform(0.5, 2.0, shape) * draw.choice([-1.0, 1.0], shape))


def checked(
    claim: Any,
    right: HostArray,
    *,
    name: str = "a0",
    bar: float = 1e-9,
    entries: Sequence[int] | None = None,
    **known: HostArray,
) -> CheckedArray:
    """An array whose slopes are the right gradient, each with the same error bar.

    Args:
        claim: what is claimed, in the shape of ``right``.
        right: the right gradient.
        name: of the array.
        bar: the error bar of each slope.
        entries: those that were checked; by default all.
        known: what a ``ClaimedArray`` knows besides.

    """
    gradient = np.asarray(claim, dtype=np.float64)
    which = np.arange(right.size) if entries is None else np.array(entries)
    claims, slopes = gradient.reshape(-1)[which], right.reshape(-1)[which]
    with np.errstate(invalid="ignore"):
        agrees = np.abs(claims - slopes) <= 2.0 * bar
    report = ArrayReport(
        name=name,
        layer=None,
        parameter=name,
        shape=right.shape,
        entries=which,
        backprop=claims,
        numerical=slopes,
        error_bar=np.full(which.size, bar),
        verdicts=np.where(agrees, Verdict.AGREE, Verdict.DISAGREE).astype(np.int8),
        lowest_slope=slopes,
        highest_slope=slopes,
    )
    return CheckedArray(report, ClaimedArray(gradient, **known))


def alone(array: CheckedArray, **sizes: int) -> CheckedArrays:
    """This array as the only one of its report."""
    return CheckedArrays([array], **sizes)
