"""What is measured together: a stretch of a large array, or several small arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from gradcheck.engines.blocks import even_blocks
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.large_array import (
    MOST_HELD,
    SMALL,
    Condensed,
    joined_report,
    large_array_report,
)

__all__ = ["FoundArray", "joined_arrays", "stretches_of"]


def joined_arrays(arrays: Sequence[Entries], most: int) -> list[list[Entries]]:
    """Arrays in their order, in groups that are measured together.

    Args:
        arrays: the entries of each.
        most: entries of a group of several arrays.

    """
    groups: list[list[Entries]] = []
    size = most
    for entries in arrays:
        if size + len(entries) > most:
            groups.append([])
            size = 0
        groups[-1].append(entries)
        size += len(entries)
    return groups


def stretches_of(entries: Entries, most: int) -> list[Entries]:
    """The entries, in stretches of at most so many, which are judged each by itself.

    They are about equally long, because threads and workers wait for the longest.
    """
    if len(entries.entries) <= most:
        return [entries]
    count = -(-len(entries.entries) // most)
    return [
        entries.at(np.arange(some.start, some.stop, dtype=np.intp))
        for some in even_blocks(len(entries.entries), -(-len(entries.entries) // count))
    ]


@dataclass
class FoundArray:
    """What was found of one array so far.

    Attributes:
        size: how many of its entries are checked.
        of_all: how many of all arrays together.
        finished: called with what was found of each stretch; None for nobody.
        parts: what was found of each stretch, or what is kept of it.

    """

    size: int
    of_all: int
    finished: Callable[[ArrayReport], None] | None = None
    parts: list[ArrayReport | Condensed] = field(default_factory=list)

    def add(self, part: ArrayReport) -> None:
        """Keep one stretch, or what matters of it."""
        if self.finished is not None:
            self.finished(part)
        is_large = self.of_all > MOST_HELD and self.size > SMALL
        self.parts.append(Condensed.of(part) if is_large else part)

    def report(self) -> ArrayReport:
        """What was found of the array, of which there is at least one stretch."""
        condensed = [part for part in self.parts if isinstance(part, Condensed)]
        if condensed:
            return large_array_report(condensed)
        return joined_report([part for part in self.parts if isinstance(part, ArrayReport)])
