"""Entries are measured and judged, and measured again where there is doubt."""

import numpy as np

from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries
from gradcheck.slopes.first_measurement import measure_slopes
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.doubted import (
    narrowed_where_wrong,
    with_own_noise_where_nearly_accepted,
    with_own_rounding_where_wrong,
)
from gradcheck.verdicts.judged import ClaimedEntries, Judged
from gradcheck.verdicts.wider_looks import moved_by_wider_steps, widened_where_undecided
from nets.arrays import Array

__all__ = ["judged_claims", "judged_entries"]


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
    claimed = ClaimedEntries(entries, claims, round_off)
    judged = claimed.judged(measure_slopes(entries, epsilon, generator))
    if entries.scheme.is_complex:
        return judged  # its step is as good as any
    # Where the cost does not move, a claim of 0 agrees. That must not be an accident.
    still = moved_by_wider_steps(claimed, judged, epsilon)
    # This comes first: wider steps may then resolve what noise hides.
    judged = with_own_rounding_where_wrong(claimed, judged, still, epsilon)
    judged = with_own_noise_where_nearly_accepted(claimed, judged)
    if epsilon == entries.scheme.epsilon:  # a step that was asked for is kept
        judged = widened_where_undecided(claimed, judged, still, epsilon)
    if epsilon > SMALLEST_EPSILON:
        judged = narrowed_where_wrong(claimed, judged)
    return judged
