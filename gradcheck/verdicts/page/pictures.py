"""All pictures of a page, within the size of a file that can be sent by mail."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.dots import FINEST, dots
from gradcheck.verdicts.page.heat_map import heat_map
from gradcheck.verdicts.page.histogram import histogram

__all__ = ["pictures"]

# Bytes of all heat maps of a page before they are written in base64, which takes a third more. With
# the dots this keeps pages below 5 MB.
MOST_LEVELS = 1_500_000
# Dots of a page, two bytes each.
MOST_DOTS = 500_000


def pictures(checks: Sequence[Sequence[ArrayReport]]) -> list[list[dict[str, Any]]]:
    """For each array of each check: its name, its shape, and the numbers of its pictures."""
    arrays = [array for check in checks for array in check]
    entries = sum(int(np.prod(array.shape, dtype=np.int64)) for array in arrays)
    block = max(1, math.ceil(math.sqrt(entries / MOST_LEVELS)))
    places = FINEST
    while places > 2 and sum(min(array.checked, places**2) for array in arrays) > MOST_DOTS:
        places //= 2
    return [
        [
            {
                "name": array.name,
                "shape": list(array.shape),
                "checked": array.checked,
                "heatMap": heat_map(array, is_first=array is _first_matrix(check), block=block),
                "dots": dots(array, places).to_dict(),
                "histogram": histogram(array),
            }
            for array in check
        ]
        for check in checks
    ]


def _first_matrix(check: Sequence[ArrayReport]) -> ArrayReport | None:
    """The array that the inputs go into: the first one with rows and columns."""
    return next((array for array in check if len(array.shape) == 2 and min(array.shape) > 1), None)
