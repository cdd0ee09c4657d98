"""Other parts that run the same code: a change that mends one part should be right in them too."""

from collections.abc import Sequence

import numpy as np

from gradcheck.homework.contract import Part
from gradcheck.homework.loading.time_limit import TookTooLong, stopped_after
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.repairs.claims_now import quiet
from nets.arrays import HostArray

__all__ = ["OtherParts"]

# Entries of each array that are compared, and parts that are looked at, at most: a change is only
# explained, so a few are enough.
MOST_ENTRIES, MOST_PARTS = 6, 40
SAME = 1e-4  # a gradient that is right differs by less than this part of the largest slope


class OtherParts:
    """The parts besides the one whose code is changed, at the values that they were opened with."""

    def __init__(self, parts: Sequence[Part], divisor: float) -> None:
        """Look at nothing yet.

        Args:
            parts: of the same student's code.
            divisor: by what gradients are divided.

        """
        self._divisor = divisor
        self._parts: list[Part] = []
        self._before: list[list[list[HostArray]]] = []
        with quiet():
            for part in parts[:MOST_PARTS]:
                before = self._claims(part, None)
                # Gradients that differ from call to call do not show that a change of code changed
                # them.
                if before and _are_equal(before, self._claims(part, None)):
                    self._parts.append(part)
                    self._before.append(before)
        self._slopes: dict[int, list[HostArray] | None] = {}

    def are_right(self, seconds: float | None) -> bool:
        """Whether all parts whose gradients another code changed are right with it.

        Args:
            seconds: that each may take; None for no limit.

        """
        for position, part in enumerate(self._parts):
            before, now = self._before[position], self._claims(part, seconds)
            if _are_equal(before, now):
                continue
            if position not in self._slopes:
                self._slopes[position] = _slopes_of(part, seconds)
            slopes = self._slopes[position]
            if slopes is not None and not any(_fit(each, slopes) for each in now):
                return False
        return True

    def _claims(self, part: Part, seconds: float | None) -> list[list[HostArray]]:
        """The gradients at the entries that are compared, in each reading; none if it fails."""
        values = [array.value for array in part.arrays]
        try:
            with stopped_after(seconds):
                readings = part.claims_at(values)
            return [
                [
                    np.asarray(array).reshape(-1)[_entries(value)] / self._divisor
                    for array, value in zip(each.arrays, values, strict=True)
                ]
                for each in readings
            ]
        except (Exception, TookTooLong):
            return []


def _entries(value: HostArray) -> slice:
    return slice(None, None, -(-value.size // MOST_ENTRIES) or 1)


def _are_equal(before: list[list[HostArray]], now: list[list[HostArray]]) -> bool:
    return len(before) == len(now) and all(
        np.array_equal(one, other, equal_nan=True)
        for claimed, again in zip(before, now, strict=True)
        for one, other in zip(claimed, again, strict=True)
    )


def _fit(claims: list[HostArray], slopes: list[HostArray]) -> bool:
    """Whether gradients are the slopes."""
    largest = max((float(np.max(np.abs(each), initial=0.0)) for each in slopes), default=0.0)
    return all(
        claimed.shape == measured.shape
        and bool(np.all(np.abs(claimed - measured) <= SAME * largest))
        for claimed, measured in zip(claims, slopes, strict=True)
    )


def _slopes_of(part: Part, seconds: float | None) -> list[HostArray] | None:
    """The slopes of a part's cost at the entries that are compared; None if it does not work."""
    values = [np.array(array.value) for array in part.arrays]

    def cost_at(position: int, entry: int, step: float) -> float:
        moved = [value.copy() for value in values]
        moved[position].reshape(-1)[entry] += step
        return float(np.real(part.cost.at(moved)))

    try:
        with stopped_after(seconds):
            return [
                np.array(
                    [
                        (cost_at(position, k, CENTRAL_STEP) - cost_at(position, k, -CENTRAL_STEP))
                        / (2 * CENTRAL_STEP)
                        for k in range(value.size)[_entries(value)]
                    ]
                )
                for position, value in enumerate(values)
            ]
    except (Exception, TookTooLong):
        return None
