"""Entries that rounding hides are measured again with wider steps."""

import numpy as np

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.other_steps import is_better, is_noisy_alone, widened
from gradcheck.verdicts.doubted import MOST_DOUBTED
from gradcheck.verdicts.judged import ClaimedEntries, Judged
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray, to_numpy
from nets.rounding import UNIT_ROUNDOFF

__all__ = ["moved_by_wider_steps", "widened_where_undecided"]

# Where rounding hides a slope, steps this many times the scheme's own are tried: 2^10 and 2^15.
# (46) starts at 2^-21, so that they are 2^-11 and 2^-6. Chosen: a cost in float32 is rounded to
# 2^-24, and the best step of (46) is then about 2^-12, the square root of it.
WIDER = (1024.0, 32768.0)
# A cost is rounded coarsely if its noise is more than this many units of round-off: no sum of
# float64 numbers in a network comes near 2^20, and float32 rounds at 2^29.
COARSE = 2.0**20
# No relative step is made wider than this: beyond, a difference says little about the derivative.
# Chosen: it leaves room for the 2^-6 of (46).
LARGEST_EPSILON = 2.0**-5
# Nor is a step wider than this part of the array's largest entry. With small weights, a step of
# half an entry crosses so many kinks of ReLU neurons that the step 8 times narrower is bent alike
# (1 in 1,500 networks of tests/benchmarks/verdicts was accused).
LARGEST_PART = 2.0**-5


def moved_by_wider_steps(claimed: ClaimedEntries, judged: Judged, epsilon: float) -> HostArray:
    """Whether entries are untested, and the cost moves with a wider step after all: (n,) bool.

    What looked like a kink was measured with a narrow step; then the usual step is a wider one. If
    there are many untested entries, a part of them is tried first: most often none of them moves
    the cost, as with the weights of a black pixel.
    """
    still = judged.have(Verdict.UNTESTED)
    untested = np.flatnonzero(still)
    if len(untested) == 0:
        return still

    def moved(positions: HostArray) -> HostArray:
        wider = min(epsilon * WIDER[0], max(epsilon, LARGEST_EPSILON))
        (slopes,) = claimed.entries.at(positions).slopes(wider, (1.0,)).values()
        moves: HostArray = to_numpy(slopes) != 0.0
        return positions[moves]

    some = untested[:: 1 + len(untested) // MOST_DOUBTED]
    found = moved(some)
    if len(found) and len(some) < len(untested):
        found = moved(untested)
    still &= to_numpy(judged.measured.epsilons) < epsilon
    still[found] = True
    return still


def widened_where_undecided(
    claimed: ClaimedEntries, judged: Judged, still: HostArray, epsilon: float
) -> Judged:
    """Try wider steps where rounding hides the slope, the widest first.

    The narrower one is tried where it may be better: where the widest was not kept, and where the
    slope changes within the widest step. Where rounding alone makes the error bar, a narrower step
    would be worse.

    A cost that is rounded coarsely, as in float32, hides more: entries agree within bars of some
    percent, and a claim of 0 seems right where the cost does not move. There wider steps are tried
    too. They are also tried at entries that move the cost only with a wider step.

    Args:
        claimed: what is claimed at the n entries.
        judged: what was measured there, and the verdicts.
        still: (n,) bool, the entries that move the cost only with a wider step.
        epsilon: the usual relative step.

    """
    is_coarse = _is_rounded_coarsely(claimed, judged)
    untested = judged.have(Verdict.UNTESTED)
    is_unclear = judged.have(Verdict.UNDECIDED) | (untested & still)
    if is_coarse:
        is_unclear = judged.not_resolved() | untested
    unclear = np.flatnonzero(is_unclear)
    usual, best = judged.measured, judged.measured
    for step in _wider_steps(claimed.entries, epsilon, is_coarse):
        if len(unclear) == 0:
            break
        wide = widened(claimed.entries, step, usual, unclear).at(unclear)
        best = best.improved(unclear, wide, is_better(wide, best.at(unclear)))
        unclear = unclear[~to_numpy(is_noisy_alone(best.at(unclear), step))]
    return judged if best is usual else claimed.judged(best)


def _wider_steps(entries: Entries, epsilon: float, is_coarse: bool) -> list[float]:
    """The relative steps that are tried where rounding hides a slope, the widest first."""
    wider = [epsilon * factor for factor in WIDER if epsilon * factor <= LARGEST_EPSILON]
    if is_coarse and not wider:
        wider = [LARGEST_EPSILON]
    largest = LARGEST_PART * entries.largest_relative_entry
    return sorted({min(step, largest) for step in wider if largest > epsilon}, reverse=True)


def _is_rounded_coarsely(claimed: ClaimedEntries, judged: Judged) -> bool:
    """Whether the noise of the cost is far above the rounding of float64."""
    steps = claimed.entries.steps(judged.measured.epsilons)
    noise = float(np.max(to_numpy(judged.measured.noise * steps)))
    return noise > COARSE * UNIT_ROUNDOFF * max(1.0, abs(claimed.entries.engine.base_cost))
