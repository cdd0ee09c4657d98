"""The constant that a measured factor between steps and a gradient means."""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.understanding.loops.speaking import matrices_of, outputs_and_targets

__all__ = ["plain_factor"]

# A measured factor is a constant if they differ by less than this part: more than the error of the
# central differences that measured it.
SAME_FACTOR = 1e-5
RATE_DIGITS = 2  # of a learning rate that is written into the code, such as 0.05


def plain_factor(
    factor: float, body: ast.Module, after: Mapping[str, Any], *, has_rate: bool
) -> float | None:
    """The constant that a measured factor means; None if it is none that people use.

    Such a constant is made of 2, the number of examples and that of outputs. Where no variable
    holds the learning rate, it contains a rate with few digits too.

    Args:
        factor: that was measured.
        body: the loop, made to run once.
        after: the variables after a pass of it.
        has_rate: whether a variable holds the learning rate.

    """
    pairs = outputs_and_targets(body, after)
    sizes: tuple[int, ...] = (1, 1)
    if pairs:
        output, targets = (eval(each, dict(after)) for each in pairs[0])
        sizes = matrices_of(output, targets)[0].shape
    examples = {len(v) for v in after.values() if isinstance(v, np.ndarray) and v.ndim == 2}
    counts = sorted({1, *sizes, sizes[0] * sizes[1], *examples})
    for two in (1.0, 2.0, 0.5, 4.0, 0.25):
        for count in counts:
            for constant in (two * count, two / count):
                rate = factor / constant
                nice = 1.0 if has_rate else float(f"{rate:.{RATE_DIGITS}g}")
                if abs(rate / nice - 1.0) < SAME_FACTOR:
                    return constant * nice
    return None
