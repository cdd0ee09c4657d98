"""What is found of one array, stretch by stretch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.large_array import (
    MOST_HELD,
    SMALL,
    STRETCH,
    Condensed,
    large_array_report,
)

__all__ = ["FoundArray", "stretches_of"]


def stretches_of(entries: Entries) -> Iterator[Entries]:
    """The entries, in stretches that are measured and judged each by itself.

    An array of usual size is one stretch.
    """
    count = len(entries.entries)
    if count <= STRETCH:
        yield entries
        return
    for first in range(0, count, STRETCH):
        yield entries.at(np.arange(first, min(first + STRETCH, count)))


@dataclass
class FoundArray:
    """What was found of one array so far.

    Attributes:
        size: how many of its entries are checked.
        of_all: how many of all arrays together.
        finished: called with what was found of each stretch; None for nobody.

    """

    size: int
    of_all: int
    finished: Callable[[ArrayReport], None] | None = None
    _parts: list[ArrayReport] = field(default_factory=list)
    _condensed: list[Condensed] = field(default_factory=list)

    def add(self, part: ArrayReport) -> None:
        """Keep one stretch, or what matters of it."""
        if self.finished is not None:
            self.finished(part)
        if self.size > STRETCH or (self.of_all > MOST_HELD and self.size > SMALL):
            self._condensed.append(Condensed.of(part))
        else:
            self._parts.append(part)

    def report(self) -> ArrayReport:
        """What was found of the whole array."""
        return large_array_report(self._condensed) if self._condensed else self._parts[0]
