"""What the changed code of a part claims: its gradients and its cost."""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

import numpy as np

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.loading.time_limit import TookTooLong, stopped_after
from gradcheck.homework.near import ROUNDING_ALONE
from gradcheck.homework.repairs.measured_array import MeasuredArray
from nets.arrays import HostArray

__all__ = ["ClaimsNow", "quiet"]


class ClaimsNow:
    """The gradients and the cost of one part, with its code as it is at each call."""

    def __init__(
        self,
        part: Part,
        values: Values,
        arrays: Sequence[MeasuredArray],
        reading: str,
        divisor: float,
    ) -> None:
        """Compute both with the code as it was written.

        Args:
            part: whose gradients disagree.
            values: of its arrays.
            arrays: what was measured, with at least one wrong one.
            reading: how its gradients were read.
            divisor: by what they were divided.

        """
        self._part, self._values, self._arrays = part, values, arrays
        self._reading, self._divisor = reading, divisor
        self.wrong = {each.position for each in arrays if each.is_wrong}
        with quiet():
            self._cost = float(np.real(part.cost.at(values)))
            self._before = self.gradients(None)

    def gradients(self, seconds: float | None) -> list[HostArray] | None:
        """What the code claims, one array in the shape of each value.

        Args:
            seconds: that it may take; None for no limit.

        Returns:
            None if it does not work, or takes too long.

        """
        try:
            with stopped_after(seconds):
                readings = self._part.claims_at(self._values)
        except (Exception, TookTooLong):
            return None
        found = next((each for each in readings if each.reading == self._reading), None)
        shapes = [value.shape for value in self._values]
        if found is None or [each.shape for each in found.arrays] != shapes:
            return None
        return [np.asarray(each) / self._divisor for each in found.arrays]

    def mended_by(self, gradients: Sequence[HostArray] | None) -> tuple[int, ...]:
        """Which wrong arrays become right, if all others stay right.

        Args:
            gradients: one in the shape of each array; None if there are none.

        Returns:
            The positions of these arrays.

        """
        if gradients is None:
            return ()
        right = {each.position for each in self._arrays if each.fits(gradients[each.position])}
        others = {each.position for each in self._arrays} - self.wrong
        return tuple(sorted(right & self.wrong)) if others <= right else ()

    def is_unchanged(self, gradients: Sequence[HostArray]) -> bool:
        """Whether gradients, in the shapes of their arrays, are those of the unchanged code."""
        before = self._before
        return before is not None and all(
            np.array_equal(gradients[position], before[position], equal_nan=True)
            for position in self.wrong
        )

    def has_same_cost(self, seconds: float | None) -> bool:
        """Whether the forward pass gives the same cost as before; it may take so many seconds."""
        try:
            with stopped_after(seconds):
                cost = float(np.real(self._part.cost.at(self._values)))
        except (Exception, TookTooLong):
            return False
        return abs(cost - self._cost) <= ROUNDING_ALONE * abs(self._cost)


@contextmanager
def quiet() -> Iterator[None]:
    """Show neither warnings nor printed lines: the code runs a thousand times, mostly wrong."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
