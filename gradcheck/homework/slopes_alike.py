"""Whether the slopes that were measured are those of what a submission should compute.

A function can count its calls, or look at what calls it. Then it can compute one thing while its
output is compared, and another one while its cost is measured. So the comparison ends with the
measured slopes themselves: claimed gradients agree with them, and they must be those of the right
function.
"""

from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["CLOSE_SLOPES", "SlopesAt", "slopes_by_differences", "unlike_slopes"]

PROBES = 6  # entries of each array that are compared
# The part of an array's largest slope by which two slopes may differ, besides the error bar: more
# than float32, or a guard such as log(a + 1e-8), makes of it; far less than any mistake.
CLOSE_SLOPES = 1e-3

# Gives the right slopes, (n,), at these entries (n,) of the array at a position in the report.
SlopesAt = Callable[[int, HostArray], HostArray]


def unlike_slopes(
    report: Report,
    slopes_at: SlopesAt,
    whose: str,
    seed: int,
    *,
    factor: float = 1.0,
    close: float = CLOSE_SLOPES,
) -> str:
    """How measured slopes differ from the right ones; empty if they do not.

    Args:
        report: with the slopes that were measured. Only those that agree with the claims count:
            at a kink there are two slopes, and what disagrees earns nothing.
        slopes_at: gives the right ones.
        whose: they are, such as ``the solution``.
        seed: chooses the entries.
        factor: by which the cost of the submission is larger.
        close: the part of an array's largest slope by which they may differ.

    """
    generator = np.random.default_rng([seed, 3])
    for which, array in enumerate(report.arrays):
        seen = np.flatnonzero((array.verdicts == Verdict.AGREE) & np.isfinite(array.error_bar))
        if not seen.size:
            continue
        some = generator.choice(seen, min(PROBES, seen.size), replace=False)
        right = factor * slopes_at(which, array.entries[some])
        off = np.abs(array.numerical[some] - right)
        largest = float(np.max(np.abs(array.numerical[seen])))
        allowed = BARS_ALLOWED * array.error_bar[some] + close * largest
        if not np.all(off <= allowed):
            worst = int(np.argmax(np.where(np.isfinite(off), off - allowed, np.inf)))
            return _said(array, some[worst], float(right[worst]), whose)
    return ""


def slopes_by_differences(
    cost: Callable[[Sequence[HostArray]], float], values: Sequence[HostArray]
) -> SlopesAt:
    """Slopes of a cost of our own, by central differences.

    Args:
        cost: of arrays in the shapes of the values.
        values: at which the slopes are taken.

    """

    def slopes_at(which: int, entries: HostArray) -> HostArray:
        found = []
        for entry in entries:
            sides = []
            for step in (CENTRAL_STEP, -CENTRAL_STEP):
                moved = values[which].astype(np.float64)
                moved.reshape(-1)[entry] += step
                sides.append(cost([*values[:which], moved, *values[which + 1 :]]))
            found.append((sides[0] - sides[1]) / (2.0 * CENTRAL_STEP))
        return np.array(found)

    return slopes_at


def _said(array: ArrayReport, position: int, right: float, whose: str) -> str:
    place = np.unravel_index(int(array.entries[position]), array.shape)
    entry = f"entry ({', '.join(map(str, place))}) of {array.name}"
    return (
        f"the slope of its cost that was measured for {entry} is "
        f"{array.numerical[position]:.4g}, and that of {whose} is {right:.4g}, though their costs "
        "were the same before: it computes different things in different calls"
    )
