"""The entries of one array measured and judged; and measured again where that leaves a doubt."""

from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import flat_entries
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import SMALLEST_EPSILON, Entries, MeasuredSlopes
from gradcheck.slopes.other_steps import narrowed, widened
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.verdict import Judgement, Verdict, judge
from nets.arrays import Array, HostArray, to_numpy

__all__ = ["Judged", "judged_entries"]

# Where rounding hides a slope, steps this many times the scheme's own are tried: 2^10 and 2^15.
# (46) starts at 2^-21, so that they are 2^-11 and 2^-6.
WIDER = (1024.0, 32768.0)
# No relative step is made wider than this: beyond, a difference says little about the derivative.
LARGEST_EPSILON = 2.0**-5
# An entry that disagrees is measured again with ever narrower steps, at most this often: the last
# step is 8^6 = 2^18 times narrower.
MOST_LOOKS = 6
# If so many entries disagree, about this many of them are looked at first. If most of these stay
# wrong, the gradient is wrong, and the others need no second look.
MOST_DOUBTED = 1000


@dataclass(frozen=True)
class Judged:
    """What was measured at n entries, and the verdicts on them."""

    measured: MeasuredSlopes
    judgement: Judgement

    def where(self, verdict: Verdict) -> HostArray:
        """The positions (m,) among the n that have a verdict."""
        # A plain int: NumPy would compare with an IntEnum in 64 bits.
        return np.flatnonzero(to_numpy(self.judgement.verdicts) == int(verdict))


@dataclass(frozen=True)
class _Claimed:
    """What is claimed at n entries: (n,) each."""

    entries: Entries
    claims: Array
    round_off: Array | float

    def judged(self, measured: MeasuredSlopes) -> Judged:
        """The verdicts that a measurement leads to."""
        noise = measured.noise + self.round_off
        scheme = self.entries.scheme
        return Judged(measured, judge(self.claims, measured.slopes, scheme, noise, measured.kinked))


def judged_entries(
    claim: Claim, entries: Entries, epsilon: float, generator: np.random.Generator
) -> Judged:
    """Measure and judge n entries of one array.

    Args:
        claim: the gradient that is claimed for the array.
        entries: which entries, and how they are measured.
        epsilon: the relative step of the first measurement.
        generator: chooses some of the entries at which the noise is measured.

    """
    round_off = 0.0 if claim.round_off is None else flat_entries(claim.round_off, entries.entries)
    claimed = _Claimed(entries, flat_entries(claim.gradient, entries.entries), round_off)
    judged = claimed.judged(measure_slopes(entries, epsilon, generator))
    if entries.scheme.is_complex:
        return judged  # its step is as good as any
    if epsilon == entries.scheme.epsilon:  # a step that was asked for is kept
        judged = _widened_where_undecided(claimed, judged, epsilon)
    if epsilon > SMALLEST_EPSILON:
        judged = _narrowed_where_wrong(claimed, judged)
    return judged


def _widened_where_undecided(claimed: _Claimed, judged: Judged, epsilon: float) -> Judged:
    """Try wider steps where rounding hides the slope."""
    for wider in WIDER:
        unclear = judged.where(Verdict.UNDECIDED)
        if len(unclear) and epsilon * wider <= LARGEST_EPSILON:
            again = widened(claimed.entries, epsilon * wider, judged.measured, unclear)
            judged = claimed.judged(again)
    return judged


def _narrowed_where_wrong(claimed: _Claimed, judged: Judged) -> Judged:
    """Try narrower steps where a claim disagrees: a disagreement must not be the step's fault."""
    wrong = judged.where(Verdict.DISAGREE)
    if len(wrong) == 0:
        return judged
    some = wrong[:: 1 + len(wrong) // MOST_DOUBTED]
    judged = _looked_at_again(claimed, judged, some)
    still_wrong = np.intersect1d(some, judged.where(Verdict.DISAGREE))
    if len(still_wrong) > len(some) // 2:
        return judged
    return _looked_at_again(claimed, judged, wrong)


def _looked_at_again(claimed: _Claimed, judged: Judged, doubtful: HostArray) -> Judged:
    """Measure entries (m,) with narrower and narrower steps, for as long as they disagree."""
    for _ in range(MOST_LOOKS):
        doubtful = np.intersect1d(doubtful, judged.where(Verdict.DISAGREE))
        if len(doubtful) == 0:
            break
        claims = flat_entries(claimed.claims, doubtful)
        again = narrowed(claimed.entries, judged.measured, doubtful, claims)
        judged = claimed.judged(again)
    return judged
