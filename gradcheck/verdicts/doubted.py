"""Entries in doubt are measured again: their noise, and narrower steps."""

from collections.abc import Callable

import numpy as np
from array_api_compat import device

from gradcheck.slopes.coarse_rounding import with_own_rounding
from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.slopes.measured_slopes import measured_again
from gradcheck.slopes.other_steps import NARROWER, NARROWER_AT_KINK, narrowed
from gradcheck.slopes.own_noise import with_own_noise
from gradcheck.verdicts.judged import ClaimedEntries, Judged
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray, array_namespace, to_numpy

__all__ = [
    "narrowed_where_wrong",
    "some_of_each_array",
    "with_own_noise_where_nearly_accepted",
    "with_own_rounding_where_wrong",
]

# An entry that disagrees is measured again with ever narrower steps, at most this often: the last
# step is 8^6 = 2^18 times narrower.
MOST_LOOKS = 6
# If more entries of an array than this disagree, about this many of them are measured again first.
# If most of these stay wrong, the gradient is wrong, and the others need no second look. Chosen: it
# bounds the time that a wrong gradient of a large network takes.
MOST_DOUBTED = 1000
# An entry has nearly been accepted if it is within so many times what is allowed. Chosen: noise
# that is measured at other entries of the array is rarely too small by more than this.
NEARLY_ACCEPTED = 4.0


def with_own_rounding_where_wrong(
    claimed: ClaimedEntries, judged: Judged, still: HostArray, epsilon: float
) -> Judged:
    """Look for jumps of the cost beside the entries in doubt, and count them as noise.

    Two kinds of entries are in doubt: those that disagree, and those with a claim of 0 where the
    cost does not move with the usual step, but moves with a wider one. They may be rounded more
    coarsely than the entries at which the noise was measured. They are looked at with the usual
    step, because coarse rounding looks like kinks, and kinks make the step narrower.

    Args:
        claimed: what is claimed at the n entries.
        judged: what was measured there, and the verdicts.
        still: (n,) bool, the entries that move the cost only with a wider step.
        epsilon: the usual relative step.

    """
    in_doubt = still.copy()
    in_doubt[_first_of_each_array(claimed.entries, judged.where(Verdict.DISAGREE))] = True
    doubtful = np.flatnonzero(in_doubt)
    if len(doubtful) == 0:
        return judged
    usual = measured_again(claimed.entries, judged.measured, doubtful, epsilon)
    coarser = with_own_rounding(claimed.entries.at(doubtful), usual, in_doubt=True)
    measured = judged.measured.improved(doubtful, coarser, coarser.noise > usual.noise)
    return claimed.judged(measured)


def with_own_noise_where_nearly_accepted(claimed: ClaimedEntries, judged: Judged) -> Judged:
    """Measure the noise at the entries themselves, where noise may explain that they disagree."""
    found = judged.judgement
    error = array_namespace(claimed.claims).abs(claimed.claims - found.numerical)
    near = to_numpy(error <= NEARLY_ACCEPTED * BARS_ALLOWED * found.error_bar)
    wrong = judged.where(Verdict.DISAGREE)
    some = _first_of_each_array(claimed.entries, wrong[near[wrong]])
    if len(some) == 0:
        return judged
    return claimed.judged(with_own_noise(claimed.entries, judged.measured, some))


def narrowed_where_wrong(claimed: ClaimedEntries, judged: Judged) -> Judged:
    """Try narrower steps where a claim disagrees: a disagreement must not be the step's fault."""
    judged = with_own_noise_where_nearly_accepted(claimed, judged)
    wrong = judged.where(Verdict.DISAGREE)
    if len(wrong) == 0:
        return judged
    entries = claimed.entries
    some = some_of_each_array(entries, wrong)
    judged = _looked_at_again(claimed, judged, some)
    still_wrong = entries.at(some).counted(judged.have(Verdict.DISAGREE)[some])
    looked_at = entries.at(some).counted()
    in_doubt = still_wrong <= looked_at // 2
    return _looked_at_again(claimed, judged, wrong[in_doubt[entries.owners[wrong]]])


def some_of_each_array(entries: Entries, positions: HostArray) -> HostArray:
    """Of some positions (m,) among n entries, about ``MOST_DOUBTED`` of each array, spread evenly.

    If an array has no more than that, all of them.
    """
    return _of_each_array(entries, positions, lambda own: own[:: 1 + len(own) // MOST_DOUBTED])


def _first_of_each_array(entries: Entries, positions: HostArray) -> HostArray:
    """Of some positions (m,) among n entries, the first ``MOST_DOUBTED`` of each array."""
    return _of_each_array(entries, positions, lambda own: own[:MOST_DOUBTED])


def _of_each_array(
    entries: Entries, positions: HostArray, choice: Callable[[HostArray], HostArray]
) -> HostArray:
    """A choice among the positions (m,) that each array has."""
    if len(positions) == 0:
        return positions
    runs = entries.at(positions).runs
    return np.concatenate([choice(positions[run]) for _, run in runs])


def _looked_at_again(claimed: ClaimedEntries, judged: Judged, doubtful: HostArray) -> Judged:
    """Measure entries (m,) with narrower and narrower steps, for as long as they disagree."""
    epsilons = to_numpy(judged.measured.epsilons).copy()
    least = np.minimum(epsilons, SMALLEST_EPSILON)
    for _ in range(MOST_LOOKS):
        doubtful = doubtful[judged.have(Verdict.DISAGREE)[doubtful]]
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
