"""The arrays that disagree, in the order in which backprop computes them."""

import math
from collections.abc import Sequence

import numpy as np

from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

__all__ = ["common_factor", "first_wrong", "is_multiple", "wrong_arrays"]

# Within a layer, backprop has the gradient of the biases first.
ORDER = {"biases": 0, "weights": 1}
# A pattern may miss an entry by its error bars and, besides, by this part of the largest entry. It
# trades missed patterns (too small) for patterns seen by chance (too large).
SLACK = 1e-6


def wrong_arrays(report: Report) -> list[ArrayReport]:
    """The arrays with a disagreement, those next to the cost first, as backprop computes them."""
    wrong = [array for array in report.arrays if array.counts["disagree"]]
    return sorted(
        wrong, key=lambda array: (-(array.layer or 0), ORDER.get(array.parameter, len(ORDER)))
    )


def first_wrong(report: Report) -> ArrayReport | None:
    """The wrong array that backprop computes first: the mistake is there or nearer to the cost."""
    return next(iter(wrong_arrays(report)), None)


def _allowed(array: ArrayReport, factor: float = 1.0) -> HostArray:
    """How far each claim may be from a factor times its estimate, (n,).

    Its error bars, and a little of the largest entry.
    """
    bars = np.where(np.isfinite(array.error_bar), array.error_bar, np.inf)
    largest = np.max(np.abs(array.numerical))
    found: HostArray = abs(factor) * (BARS_ALLOWED * bars + SLACK * largest)
    return found


def is_multiple(array: ArrayReport, factor: float) -> bool:
    """Whether all claims of an array are a factor times their estimates."""
    off = np.abs(array.backprop - factor * array.numerical)
    return bool(factor != 0.0 and np.all(off <= _allowed(array, factor)))


def common_factor(arrays: Sequence[ArrayReport]) -> float | None:
    """The factor by which all arrays are wrong, and nothing else is; None if there is none.

    Args:
        arrays: of a report in which something disagrees.

    """
    if not arrays:
        return None
    first = max(arrays, key=lambda array: float(np.max(np.abs(array.numerical), initial=0.0)))
    largest = int(np.argmax(np.abs(first.numerical)))
    measured = float(first.numerical[largest])
    factor = float(first.backprop[largest]) / measured if measured else 0.0
    is_common = math.isfinite(factor) and all(is_multiple(array, factor) for array in arrays)
    return factor if is_common else None
