"""The entries of one array measured and judged; and measured again where that leaves a doubt."""

from dataclasses import dataclass

import numpy as np
from array_api_compat import device

from gradcheck.slopes.coarse_rounding import with_own_rounding
from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.slopes.first_measurement import measure_slopes
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again
from gradcheck.slopes.other_steps import (
    NARROWER,
    NARROWER_AT_KINK,
    narrowed,
    widened,
)
from gradcheck.slopes.own_noise import with_own_noise
from gradcheck.verdicts.array_report import LEAST_SHARPNESS
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.verdict import Judgement, Verdict, judge
from nets.arrays import Array, HostArray, array_namespace, to_numpy
from nets.rounding import UNIT_ROUNDOFF

__all__ = ["Judged", "judged_claims", "judged_entries"]

# Where rounding hides a slope, steps this many times the scheme's own are tried: 2^10 and 2^15.
# (46) starts at 2^-21, so that they are 2^-11 and 2^-6.
WIDER = (1024.0, 32768.0)
# A cost is rounded coarsely if its noise is more than this many units of round-off: no sum of
# float64 numbers in a network comes near 2^20, and float32 rounds at 2^29.
COARSE = 2.0**20
# No relative step is made wider than this: beyond, a difference says little about the derivative.
LARGEST_EPSILON = 2.0**-5
# Nor is a step wider than this part of the array's largest entry. With small weights, a step of
# half an entry crosses so many kinks of ReLU neurons that the step 8 times narrower is bent alike
# (1 in 1,500 networks of tests/benchmarks/verdicts was accused).
LARGEST_PART = 2.0**-5
# An entry that disagrees is measured again with ever narrower steps, at most this often: the last
# step is 8^6 = 2^18 times narrower.
MOST_LOOKS = 6
# If so many entries disagree, about this many of them are looked at first. If most of these stay
# wrong, the gradient is wrong, and the others need no second look.
MOST_DOUBTED = 1000
# An entry has nearly been accepted if it is within so many times what is allowed. Noise that is
# measured at other entries of the array is rarely too small by more than this.
NEARLY_ACCEPTED = 4.0


@dataclass(frozen=True)
class Judged:
    """What was measured at n entries, and the verdicts on them."""

    measured: MeasuredSlopes
    judgement: Judgement

    def __len__(self) -> int:
        return int(self.judgement.verdicts.shape[0])

    def where(self, verdict: Verdict) -> HostArray:
        """The positions (m,) among the n that have a verdict."""
        # A plain int: NumPy would compare with an IntEnum in 64 bits.
        return np.flatnonzero(to_numpy(self.judgement.verdicts) == int(verdict))

    def not_resolved(self) -> HostArray:
        """The positions (m,) among the n that a wider step may tell more about.

        They are the undecided ones. Where no entry of the array would show an error of 1 %, they
        are those that agree as well.
        """
        unclear = self.where(Verdict.UNDECIDED)
        found = self.judgement
        xp = array_namespace(found.numerical)
        sharp = BARS_ALLOWED * found.error_bar <= LEAST_SHARPNESS * xp.abs(found.numerical)
        if bool(xp.any(sharp & (found.verdicts == int(Verdict.AGREE)))):
            return unclear
        return np.union1d(unclear, self.where(Verdict.AGREE))


@dataclass(frozen=True)
class _Claimed:
    """What is claimed at n entries: (n,) each."""

    entries: Entries
    claims: Array
    round_off: Array | float

    def judged(self, measured: MeasuredSlopes) -> Judged:
        """The verdicts that a measurement leads to."""
        return Judged(measured, judge(self.claims, measured, self.round_off))


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
    return judged_claims(*claim.at(entries.entries), entries, epsilon, generator)


def judged_claims(
    claims: Array,
    round_off: Array | float,
    entries: Entries,
    epsilon: float,
    generator: np.random.Generator,
) -> Judged:
    """The same, from what is claimed at the n entries alone.

    Args:
        claims: (n,) the gradient that is claimed.
        round_off: (n,) the standard deviation of the rounding error of the right gradient.
        entries: as for ``judged_entries``.
        epsilon: likewise.
        generator: likewise.

    """
    claimed = _Claimed(entries, claims, round_off)
    judged = claimed.judged(measure_slopes(entries, epsilon, generator))
    if entries.scheme.is_complex:
        return judged  # its step is as good as any
    # An entry where the cost stands still agrees with a claim of 0, which must be no accident.
    still = _moved_by_wider_steps(claimed, judged, epsilon)
    # First, since wider steps may then resolve what noise hides.
    judged = _with_own_rounding_where_wrong(claimed, judged, still, epsilon)
    judged = _with_own_noise_where_nearly_accepted(claimed, judged)
    if epsilon == entries.scheme.epsilon:  # a step that was asked for is kept
        judged = _widened_where_undecided(claimed, judged, still, epsilon)
    if epsilon > SMALLEST_EPSILON:
        judged = _narrowed_where_wrong(claimed, judged)
    return judged


def _widened_where_undecided(
    claimed: _Claimed, judged: Judged, still: HostArray, epsilon: float
) -> Judged:
    """Try wider steps where rounding hides the slope.

    A cost that is rounded coarsely, as in float32, hides more: entries agree within bars of some
    percent, and where the cost stands still even a claim of 0 seems right. There wider steps are
    tried too, as they are for entries that stand still only within the usual step (``still``).
    """
    is_coarse = _is_rounded_coarsely(claimed, judged)
    for step in _wider_steps(claimed.entries, epsilon, is_coarse):
        untested = judged.where(Verdict.UNTESTED)
        unclear = np.union1d(judged.where(Verdict.UNDECIDED), np.intersect1d(still, untested))
        if is_coarse:
            unclear = np.union1d(judged.not_resolved(), untested)
        if len(unclear):
            judged = claimed.judged(widened(claimed.entries, step, judged.measured, unclear))
    return judged


def _wider_steps(entries: Entries, epsilon: float, is_coarse: bool) -> list[float]:
    """The relative steps that are tried where rounding hides a slope, the narrowest first."""
    wider = [epsilon * factor for factor in WIDER if epsilon * factor <= LARGEST_EPSILON]
    if is_coarse and not wider:
        wider = [LARGEST_EPSILON]
    largest = LARGEST_PART * entries.largest_relative_entry
    return sorted({min(step, largest) for step in wider if largest > epsilon})


def _is_rounded_coarsely(claimed: _Claimed, judged: Judged) -> bool:
    """Whether the noise of the cost is far above the rounding of float64."""
    steps = claimed.entries.steps(judged.measured.epsilons)
    noise = float(np.max(to_numpy(judged.measured.noise * steps)))
    return noise > COARSE * UNIT_ROUNDOFF * max(1.0, abs(claimed.entries.engine.base_cost))


def _narrowed_where_wrong(claimed: _Claimed, judged: Judged) -> Judged:
    """Try narrower steps where a claim disagrees: a disagreement must not be the step's fault."""
    judged = _with_own_noise_where_nearly_accepted(claimed, judged)
    wrong = judged.where(Verdict.DISAGREE)
    if len(wrong) == 0:
        return judged
    some = wrong[:: 1 + len(wrong) // MOST_DOUBTED]
    judged = _looked_at_again(claimed, judged, some)
    still_wrong = np.intersect1d(some, judged.where(Verdict.DISAGREE))
    if len(still_wrong) > len(some) // 2:
        return judged
    return _looked_at_again(claimed, judged, wrong)


def _with_own_rounding_where_wrong(
    claimed: _Claimed, judged: Judged, still: HostArray, epsilon: float
) -> Judged:
    """Look for jumps of the cost beside the entries in doubt, and count them as noise.

    In doubt are entries that disagree, and those where the cost stands still, as the claim of 0
    says, but not a wider step away. They may be rounded more coarsely than those at which the noise
    was measured. They are looked at with the usual step: coarse rounding looks like kinks, which
    make the step narrower.
    """
    wrong = judged.where(Verdict.DISAGREE)[:MOST_DOUBTED]
    doubtful = np.union1d(wrong, still)
    if len(doubtful) == 0:
        return judged
    usual = measured_again(claimed.entries, judged.measured, doubtful, epsilon)
    coarser = with_own_rounding(claimed.entries.at(doubtful), usual, in_doubt=True)
    measured = judged.measured.improved(doubtful, coarser, coarser.noise > usual.noise)
    return claimed.judged(measured)


def _moved_by_wider_steps(claimed: _Claimed, judged: Judged, epsilon: float) -> HostArray:
    """The positions of untested entries at which the cost moves with a wider step, after all.

    What looked like a kink was measured with a step narrower than the usual one, which is wider
    then. If there are many untested entries, some are asked first: most often nothing moves any of
    them, as behind a black pixel.
    """
    untested = judged.where(Verdict.UNTESTED)
    if len(untested) == 0:
        return untested
    narrow = to_numpy(judged.measured.epsilons)[untested] < epsilon

    def moved(positions: HostArray) -> HostArray:
        wider = min(epsilon * WIDER[0], max(epsilon, LARGEST_EPSILON))
        (slopes,) = claimed.entries.at(positions).slopes(wider, (1.0,)).values()
        moves: HostArray = to_numpy(slopes) != 0.0
        return positions[moves]

    some = untested[:: 1 + len(untested) // MOST_DOUBTED]
    found = moved(some)
    if len(found) and len(some) < len(untested):
        found = moved(untested)
    return np.union1d(found, untested[narrow])


def _with_own_noise_where_nearly_accepted(claimed: _Claimed, judged: Judged) -> Judged:
    """Measure the noise at the entries themselves where it may be what makes them disagree."""
    found = judged.judgement
    error = array_namespace(claimed.claims).abs(claimed.claims - found.numerical)
    near = to_numpy(error <= NEARLY_ACCEPTED * BARS_ALLOWED * found.error_bar)
    wrong = judged.where(Verdict.DISAGREE)
    some = wrong[near[wrong]][:MOST_DOUBTED]
    if len(some) == 0:
        return judged
    return claimed.judged(with_own_noise(claimed.entries, judged.measured, some))


def _looked_at_again(claimed: _Claimed, judged: Judged, doubtful: HostArray) -> Judged:
    """Measure entries (m,) with narrower and narrower steps, for as long as they disagree."""
    epsilons = to_numpy(judged.measured.epsilons).copy()
    least = np.minimum(epsilons, SMALLEST_EPSILON)
    for _ in range(MOST_LOOKS):
        doubtful = np.intersect1d(doubtful, judged.where(Verdict.DISAGREE))
        if len(doubtful) == 0:
            break
        # Each look is narrower than the one before, whether or not that one was kept.
        kinked = to_numpy(judged.measured.kinked)[doubtful]
        narrower = np.where(kinked, NARROWER_AT_KINK, NARROWER)
        epsilons[doubtful] = np.maximum(epsilons[doubtful] / narrower, least[doubtful])
        xp = array_namespace(claimed.claims)
        steps = xp.asarray(epsilons[doubtful], device=device(claimed.claims))
        judged = claimed.judged(narrowed(claimed.entries, steps, judged.measured, doubtful))
    return judged
