"""Costs that are counted, with a sign of life now and then."""

from collections.abc import Callable
from time import monotonic
from typing import Any, BinaryIO

import numpy as np

from gradcheck.homework.contract import PartCost, Values
from gradcheck.homework.process.messages import write_message

__all__ = ["CountedCosts"]

# How often a long run of costs gives a sign of life: often enough for a line of progress.
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
        """The same cost as a function of the values, which is counted at each call."""

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
