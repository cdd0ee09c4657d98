"""One array of a report, with all that is known of its gradient: causes are looked for in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.to_digits import SINGLE_DIGITS
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["FEW", "SHARP", "CheckedArray", "CheckedArrays", "ClaimedArray", "Explanation"]

# A cause may miss an entry by its error bars and, besides, by this part of the largest slope of the
# array: the digits to which a gradient in float32 is held.
SLACK = 10.0**-SINGLE_DIGITS
# The part of the entries of an array that a cause need not explain: none of 99, one of 100. A
# student's gradient may have a mistake and one odd entry; more than that is not explained.
FEW = 0.01
# The tolerance of an entry that speaks for a cause, as a part of its slope. With wider ones a
# factor of 2 and one of 2.5 would look alike. Chosen.
SHARP = 0.1


@dataclass(frozen=True, eq=False)
class ClaimedArray:
    """What is known of the gradient of an array besides what was measured, on the host.

    Attributes:
        gradient: the whole claim, in the shape of the array.
        values: of the array itself, in its shape; None if they are not known.
        again: the claim of a second call with the same input, in the same shape; None likewise.
        by_example: (m, *shape) the measured slopes of each example's part of the cost, which add
            up to the slopes of the whole; None likewise.

    """

    gradient: HostArray
    values: HostArray | None = None
    again: HostArray | None = None
    by_example: HostArray | None = None


@dataclass(frozen=True)
class Explanation:
    """A mistake that gives the claimed numbers.

    Attributes:
        name: of the mistake; that of the zoo where it is the same mistake.
        says: the mistake, a sentence.
        evidence: a sentence that tells how the numbers show it; may be empty.

    """

    name: str
    says: str
    evidence: str = ""


@dataclass(frozen=True, eq=False)
class CheckedArray:
    """One array of a report, with its whole claim. Arrays (n,) have a value an entry checked."""

    report: ArrayReport
    known: ClaimedArray

    @property
    def claimed(self) -> HostArray:
        """The claim at the entries checked, (n,)."""
        return self.report.backprop

    @property
    def slopes(self) -> HostArray:
        """What was measured there, (n,)."""
        return self.report.numerical

    @cached_property
    def measured(self) -> HostArray:
        """Whether an entry has a slope with an error bar, (n,) bool."""
        found: HostArray = np.isfinite(self.slopes) & np.isfinite(self.report.error_bar)
        return found

    @cached_property
    def tolerance(self) -> HostArray:
        """How far a claim may be from its slope, (n,): two error bars, and rounding."""
        largest = float(np.max(np.abs(self.slopes[self.measured]), initial=0.0))
        bars = np.where(self.measured, self.report.error_bar, np.inf)
        tolerance: HostArray = BARS_ALLOWED * bars + SLACK * largest
        return tolerance

    @cached_property
    def wrong(self) -> HostArray:
        """Whether a claim is beyond its tolerance and the verdict says so, (n,) bool."""
        with np.errstate(invalid="ignore"):
            near = np.abs(self.claimed - self.slopes) <= self.tolerance
        wrong: HostArray = (self.report.verdicts == Verdict.DISAGREE) & ~near & self.measured
        return wrong

    @cached_property
    def sharp(self) -> HostArray:
        """Whether an entry can speak for a cause, (n,) bool: wrong, with a slope well measured."""
        sharp: HostArray = self.wrong & (self.tolerance <= SHARP * np.abs(self.slopes))
        return sharp

    @property
    def is_wrong(self) -> bool:
        """Whether any entry disagrees."""
        return bool(self.report.counts["disagree"])

    def is_explained(
        self,
        predicted: HostArray,
        *,
        claimed: HostArray | None = None,
        tolerance: HostArray | None = None,
        least: int = 1,
    ) -> bool:
        """Whether a mistake that predicts the claims explains this array.

        Args:
            predicted: (n,) what the mistake makes of the right gradient.
            claimed: (n,) the claims to compare that with; by default those of the entries.
            tolerance: (n,) how far they may be apart; by default that of the slopes.
            least: how many well measured wrong entries it must explain.

        """
        claims = self.claimed if claimed is None else claimed
        allowed = self.tolerance if tolerance is None else tolerance
        with np.errstate(invalid="ignore", over="ignore"):
            fits = np.abs(claims - predicted) <= allowed
        missed = int(np.count_nonzero(self.measured & ~fits))
        enough = int(np.count_nonzero(fits & self.sharp)) >= least
        return enough and missed <= FEW * int(np.count_nonzero(self.measured))

    def indices(self, which: HostArray) -> tuple[HostArray, ...]:
        """The indices, an array (k,) for each axis, of the k entries where ``which`` (n,) is true.

        For an array of shape () there is no axis.
        """
        if not self.report.shape:
            return ()
        return tuple(np.unravel_index(self.report.entries[which], self.report.shape))


@dataclass(frozen=True, eq=False)
class CheckedArrays:
    """All arrays of a report, and the sizes that a wrong factor may come from.

    Attributes:
        arrays: in the order of the report.
        batch_size: examples in the mini-batch; None if that is not known.
        outputs: numbers in one output; None likewise.

    """

    arrays: Sequence[CheckedArray]
    batch_size: int | None = None
    outputs: int | None = None

    @property
    def right(self) -> list[CheckedArray]:
        """The arrays in which nothing disagrees."""
        return [array for array in self.arrays if not array.is_wrong]
