"""How far apart the results of two engines are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradcheck.show.numbers import json_number

__all__ = ["EngineComparison"]


@dataclass(frozen=True)
class EngineComparison:
    """How far apart the results of two engines are, in error bars: more than one is our mistake.

    Attributes:
        compared: how many entries both measured.
        bars: the largest distance between the two.
        name: the array where that was.
        index: the entry.

    """

    compared: int
    bars: float
    name: str
    index: tuple[int, ...]

    @property
    def ok(self) -> bool:
        """Whether the engines agree."""
        return self.bars <= 1.0

    @classmethod
    def worst_of(cls, comparisons: Sequence["EngineComparison"]) -> "EngineComparison | None":
        """One for all arrays; None if nothing was compared."""
        if not comparisons:
            return None
        worst = max(comparisons, key=lambda each: math.inf if each.bars != each.bars else each.bars)
        return replace(worst, compared=sum(each.compared for each in comparisons))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "compared": self.compared,
            "largest_difference_in_error_bars": json_number(self.bars),
            "array": self.name,
            "index": list(self.index),
        }
