"""Costs that are counted, with a short message now and then that the work goes on."""

from collections.abc import Callable
from time import monotonic
from typing import Any, BinaryIO

import numpy as np

from gradcheck.homework.contract import PartCost, Values
from gradcheck.homework.process.messages import write_message

__all__ = ["CountedCosts"]

# Seconds between two signs of life during many costs: often enough for a line of progress.
BEAT_SECONDS = 0.2


class CountedCosts:
    """Counts the costs that are computed for the other process.

    Attributes:
        count: of all of them so far.

    """

    def __init__(self, channel: BinaryIO) -> None:
        """Nothing is counted yet.

        Args:
            channel: where signs of life are written.

        """
        self.count = 0
        self._channel = channel
        self._last_beat: float | None = None

    def of(self, cost: PartCost) -> Callable[[Values], Any]:
        """The same cost of values, in the shapes of the arrays; it is counted at each call."""

        def at(values: Values) -> Any:
            with np.errstate(all="ignore"):
                found = cost.at(values)
            self.count += 1
            now = monotonic()
            if self._last_beat is None or now - self._last_beat > BEAT_SECONDS:
                self._last_beat = now
                write_message(self._channel, {"costs": self.count})
            return found

        return at
