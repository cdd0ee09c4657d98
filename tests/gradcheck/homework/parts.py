"""Parts of a contract in memory."""

from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost

__all__ = ["W", "part_of"]

W = np.array([1.0, -2.0, 3.0])


def part_of(cost: Any = lambda w: float(np.sum(w**2)), gradient: Any = lambda w: 2 * w) -> Part:
    """One array, its cost and its claimed gradient; by default the sum of squares."""
    return Part(
        "Net",
        (NamedArray("W1", W.copy()),),
        PartCost("cost", lambda values: cost(values[0])),
        lambda values: [NamedGradients("as returned", False, [gradient(values[0])])],
    )
