"""The likely mistake in each wrong array of any report, from its numbers alone.

The function may be unknown: the claims, and the slopes with their error bars, are enough. Each
mistake below predicts what it makes of the right gradient. It is named if the claims of an array
are that, within the error bars, and if some of them are not the right gradient.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.diagnosis.array_cause_words import diagnosis_of_array
from gradcheck.diagnosis.checked_array import (
    CheckedArray,
    CheckedArrays,
    ClaimedArray,
    Explanation,
)
from gradcheck.diagnosis.factors import averaged_biases, common_factor, other_factor
from gradcheck.diagnosis.misplaced_entries import of_another_array, rearranged
from gradcheck.diagnosis.odd_numbers import (
    clipped,
    half_precision,
    not_a_number,
    old_values,
)
from gradcheck.diagnosis.parts_left_out import all_zero, examples_left_out, rows_zero
from gradcheck.diagnosis.regularisation import (
    regularisation_alone,
    with_absolute_decay,
    with_weight_decay,
)
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_notes import NEARLY
from nets.arrays import Array, to_numpy

__all__ = ["CAUSES", "array_diagnosis", "with_array_causes"]

# What may be wrong with an array, the surest first. Each is asked for an explanation of a wrong
# array, and gives None if it does not explain it.
CAUSES: tuple[Callable[[CheckedArray, CheckedArrays], Explanation | None], ...] = (
    not_a_number,
    old_values,
    all_zero,
    averaged_biases,
    common_factor,
    rows_zero,
    rearranged,
    of_another_array,
    examples_left_out,
    clipped,
    half_precision,
    regularisation_alone,
    with_weight_decay,
    with_absolute_decay,
    other_factor,
)


def array_diagnosis(
    report: Report,
    claimed: Sequence[ClaimedArray],
    *,
    batch_size: int | None = None,
    outputs: int | None = None,
    found_otherwise: Mapping[str, Explanation] | None = None,
) -> ArrayDiagnosis | None:
    """Name the likely mistake in each array that disagrees, or the lines to read.

    Args:
        report: what a check found.
        claimed: what is known of each array of the report, in its order.
        batch_size: examples in the mini-batch, if that is known.
        outputs: numbers in one output, if that is known.
        found_otherwise: by the name of an array, a mistake that was found in another way. It is
            named where the numbers of the array show none.

    Returns:
        None if nothing disagrees, or if what disagrees is equal to four digits or more and no
        mistake explains it: the report says so in a note of its own.

    """
    arrays = [
        CheckedArray(array, known) for array, known in zip(report.arrays, claimed, strict=True)
    ]
    together = CheckedArrays(arrays, batch_size, outputs)
    otherwise = found_otherwise or {}
    found = []
    for array in arrays:
        if array.is_wrong:
            # Sums and multiples of claims near the largest number become infinite: no cause fits.
            with np.errstate(over="ignore", invalid="ignore"):
                explanation = _explanation(array, together) or otherwise.get(array.report.name)
            if explanation is not None or array.report.agreed_digits < NEARLY:
                found.append(diagnosis_of_array(array, together, explanation))
    # An array with a known mistake goes first: what to mend there is clear.
    found.sort(key=lambda each: each.likely_cause is None)
    return replace(found[0], others=tuple(found[1:])) if found else None


def _explanation(array: CheckedArray, together: CheckedArrays) -> Explanation | None:
    return next((found for cause in CAUSES if (found := cause(array, together))), None)


def with_array_causes(
    report: Report,
    claims: Sequence[Claim],
    *,
    again: Sequence[Array] | None = None,
    batch_size: int | None = None,
    outputs: int | None = None,
) -> Report:
    """The report with the likely mistake in each array that disagrees.

    Args:
        report: what a check of the claims found.
        claims: all that was checked; arrays without entries are not in the report.
        again: the gradients of a second call, each in the shape of its array, if there was one.
        batch_size: as for ``array_diagnosis``, as is the next.
        outputs: numbers in one output.

    """
    if not report.counts["disagree"]:
        return report
    second: Sequence[Array | None] = [None] * len(claims) if again is None else again
    claimed = [
        ClaimedArray(
            gradient=to_numpy(claim.gradient),
            values=to_numpy(claim.values),
            again=None if other is None else to_numpy(other),
        )
        for claim, other in zip(claims, second, strict=True)
        if claim.values.size
    ]
    found = array_diagnosis(report, claimed, batch_size=batch_size, outputs=outputs)
    return replace(report, diagnosis=found)
