"""Try small changes of a student's code until one gives the gradients that were measured."""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

import numpy as np

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.loading.time_limit import TookTooLong, stopped_after
from gradcheck.homework.repairs.change import made, text_of
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.repairs.measured_array import MeasuredArray
from gradcheck.homework.repairs.repair import Repair
from gradcheck.homework.repairs.slopes import SLOPE_CALL, SLOPES, slope_text
from nets.arrays import HostArray

__all__ = ["Search"]

# A change may turn a while loop into an endless one: seconds for one call.
CALL_SECONDS = 2.0
SAME_COST = 1e-9  # a cost that is not changed differs by less than this part


class Search:
    """Tries changes of the code of one part."""

    def __init__(
        self,
        part: Part,
        values: Values,
        arrays: Sequence[MeasuredArray],
        reading: str,
        divisor: float,
    ) -> None:
        """Try nothing yet.

        Args:
            part: whose gradients disagree.
            values: of its arrays.
            arrays: what was measured, with at least one wrong one.
            reading: how its gradients were read.
            divisor: by what they were divided.

        """
        self._part, self._values, self._arrays = part, values, arrays
        self._reading, self._divisor = reading, divisor
        self._wrong = {each.position for each in arrays if each.is_wrong}
        self._slope = SLOPES[0]
        self._seconds: float | None = None
        with _quiet():
            self._cost = float(np.real(part.cost.at(values)))
            self._before = self._gradients()

    def run(self, repairs: Iterator[Repair], most: int) -> Found | None:
        """The first change that makes all gradients right; else the one that mends most arrays.

        Args:
            repairs: changes to try.
            most: how many are tried at most.

        """
        best: Found | None = None
        with _quiet():
            for tried, repair in enumerate(repairs):
                if tried >= most:
                    break
                found = self._tried(repair)
                if found is None or (best and len(found.mended) <= len(best.mended)):
                    continue
                # What is right by chance, because something is kept from call to call, is not
                # right again.
                if self._tried(repair) != found or self._mended_by(self._gradients()):
                    continue
                best = found
                if self._wrong <= set(best.mended):
                    break
        return best

    def _tried(self, repair: Repair) -> Found | None:
        """What a change mends; None if it mends nothing."""
        unit = repair.place.unit
        self._seconds = CALL_SECONDS if unit.has_while else None
        with made(repair.changes):
            try:
                codes = unit.compiled()
            except (SyntaxError, ValueError, TypeError):
                return None
        unit.run_from_now(codes)
        for function in unit.functions:
            function.__globals__[SLOPE_CALL] = lambda x: self._slope.of(np.asarray(x))
        try:
            if repair.slope is None:
                mended = self._mended()
                return self._found(repair, mended, None) if mended else None
            return self._with_slopes(repair)
        finally:
            unit.run_as_before()
            for function in unit.functions:
                function.__globals__.pop(SLOPE_CALL, None)

    def _with_slopes(self, repair: Repair) -> Found | None:
        """The first derivative that mends something where our function is called."""
        for position, slope in enumerate(SLOPES):
            self._slope = slope
            gradients = self._gradients()
            if gradients is None or (not position and self._is_unchanged(gradients)):
                return None
            if mended := self._mended_by(gradients):
                return self._found(repair, mended, position) if self._same_cost() else None
        return None

    def _found(self, repair: Repair, mended: tuple[int, ...], slope: int | None) -> Found:
        place = repair.place
        old = text_of(place.node)
        with made(repair.changes):
            now = place.node if place.is_there else place.body[place.position]
            new = slope_text(text_of(now), slope)
        return Found(repair.cause, place.unit.path.name, place.node.lineno, old, new, mended)

    def _mended(self) -> tuple[int, ...]:
        """The arrays that are right with the code as it is now; none if the cost is another."""
        mended = self._mended_by(self._gradients())
        return mended if mended and self._same_cost() else ()

    def _mended_by(self, gradients: Sequence[HostArray] | None) -> tuple[int, ...]:
        """The wrong arrays that gradients make right, while all others stay right."""
        if gradients is None:
            return ()
        right = {each.position for each in self._arrays if each.fits(gradients[each.position])}
        others = {each.position for each in self._arrays} - self._wrong
        return tuple(sorted(right & self._wrong)) if others <= right else ()

    def _is_unchanged(self, gradients: Sequence[HostArray]) -> bool:
        assert self._before is not None
        return all(
            np.array_equal(gradients[position], self._before[position], equal_nan=True)
            for position in self._wrong
        )

    def _gradients(self) -> list[HostArray] | None:
        """What the code claims as it is now; None if it does not work."""
        try:
            with stopped_after(self._seconds):
                readings = self._part.claims_at(self._values)
        except (Exception, TookTooLong):
            return None
        found = next((each for each in readings if each.reading == self._reading), None)
        shapes = [value.shape for value in self._values]
        if found is None or [each.shape for each in found.arrays] != shapes:
            return None
        return [np.asarray(each) / self._divisor for each in found.arrays]

    def _same_cost(self) -> bool:
        """Whether the forward pass gives what it gave before the change."""
        try:
            with stopped_after(self._seconds):
                cost = float(np.real(self._part.cost.at(self._values)))
        except (Exception, TookTooLong):
            return False
        return abs(cost - self._cost) <= SAME_COST * abs(self._cost)


@contextmanager
def _quiet() -> Iterator[None]:
    """Neither warnings nor printed lines: the code runs a thousand times, mostly wrong."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
