"""Entries that rounding hides are measured again with wider steps."""

from itertools import zip_longest

import numpy as np

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.other_steps import is_better, is_noisy_alone, widened
from gradcheck.verdicts.doubted import some_of_each_array
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
    an array has many untested entries, a part of them is tried first: most often none of them moves
    the cost, as with the weights of a black pixel.
    """
    still = judged.have(Verdict.UNTESTED)
    untested = np.flatnonzero(still)
    if len(untested) == 0:
        return still
    entries = claimed.entries

    def moved(positions: HostArray) -> HostArray:
        wider = min(epsilon * WIDER[0], max(epsilon, LARGEST_EPSILON))
        (slopes,) = entries.at(positions).slopes(wider, (1.0,)).values()
        moves: HostArray = to_numpy(slopes) != 0.0
        return positions[moves]

    some = some_of_each_array(entries, untested)
    found = moved(some)
    if len(found) and len(some) < len(untested):
        moving = entries.at(found).counted() > 0
        found = moved(untested[moving[entries.owners[untested]]])
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
    entries, is_coarse = claimed.entries, _rounded_coarsely(claimed, judged)
    unclear = np.flatnonzero(_unclear(entries, judged, still, is_coarse[entries.owners]))
    usual, best = judged.measured, judged.measured
    for tried in _wider_steps(entries, epsilon, is_coarse):
        unclear = unclear[tried[entries.owners[unclear]] > 0.0]  # others have no such step
        if len(unclear) == 0:
            break
        some, near = entries.at(unclear), usual.at(unclear)
        step = some.spread(tried)
        wide = widened(some, step, near)
        now = near if best is usual else best.at(unclear)
        better = is_better(wide, now)
        best = best.improved(unclear, wide, better)
        unclear = unclear[~to_numpy(is_noisy_alone(now.improved_by(wide, better), step))]
    return judged if best is usual else claimed.judged(best)


def _unclear(entries: Entries, judged: Judged, still: HostArray, is_coarse: HostArray) -> HostArray:
    """Where a wider step may tell more, (n,) bool: see ``widened_where_undecided``.

    Args:
        entries: the n.
        judged: the verdicts on them.
        still: (n,) bool, those that move the cost only with a wider step.
        is_coarse: (n,) bool, those of arrays for which the cost is rounded coarsely.

    """
    undecided, untested = judged.have(Verdict.UNDECIDED), judged.have(Verdict.UNTESTED)
    unclear: HostArray = undecided | (untested & (still | is_coarse))
    if not np.any(is_coarse):
        return unclear
    # If no entry of an array would show an error of 1 %, those that agree may be told more too.
    blunt = entries.counted(judged.sharp())[entries.owners] == 0
    unclear |= is_coarse & blunt & judged.have(Verdict.AGREE)
    return unclear


def _wider_steps(entries: Entries, epsilon: float, is_coarse: HostArray) -> list[HostArray]:
    """The relative steps that are tried where rounding hides a slope, the widest first.

    Each is (arrays,), with 0 for an array that has no further step.
    """
    steps = [
        _wider_steps_of(array.largest_relative_entry(entries.scheme.epsilon), epsilon, coarse)
        for array, coarse in zip(entries.arrays, is_coarse.tolist(), strict=True)
    ]
    return [np.array(tried) for tried in zip_longest(*steps, fillvalue=0.0)]


def _wider_steps_of(largest_entry: float, epsilon: float, is_coarse: bool) -> list[float]:
    """The steps for an array, the size of whose largest entry relative to its scale is known."""
    wider = [epsilon * factor for factor in WIDER if epsilon * factor <= LARGEST_EPSILON]
    if is_coarse and not wider:
        wider = [LARGEST_EPSILON]
    largest = LARGEST_PART * largest_entry
    return sorted({min(step, largest) for step in wider if largest > epsilon}, reverse=True)


def _rounded_coarsely(claimed: ClaimedEntries, judged: Judged) -> HostArray:
    """Whether the noise of the cost is far above the rounding of float64, (arrays,) bool."""
    entries = claimed.entries
    noise = judged.measured.noise * entries.steps(judged.measured.epsilons)
    most = COARSE * UNIT_ROUNDOFF * max(1.0, abs(entries.engine.base_cost))
    return np.array([largest > most for largest in entries.largest(to_numpy(noise))])
