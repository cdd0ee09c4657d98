"""The likely mistake in one array, or what its numbers have in common, in words."""

import numpy as np

from gradcheck.diagnosis.checked_array import CheckedArray, CheckedArrays, Explanation
from gradcheck.diagnosis.parts_left_out import axis_words, only_slices
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis, names_text
from gradcheck.verdicts.verdict import Verdict

__all__ = ["diagnosis_of_array"]


def diagnosis_of_array(
    array: CheckedArray, together: CheckedArrays, explanation: Explanation | None
) -> ArrayDiagnosis:
    """The diagnosis of one wrong array.

    Args:
        array: the array.
        together: all arrays of the report.
        explanation: the mistake that explains it; None if no known one does.

    """
    name = array.report.name
    where, numbers, lines = _where(array), _numbers(array), _lines(array, together)
    hints = (f"Look at the gradient of {name}. {where}", numbers, lines)
    if explanation is None:
        return ArrayDiagnosis(name, None, None, f"{where} {numbers}", hints)
    evidence = f"{where} {explanation.evidence}".strip()
    return ArrayDiagnosis(name, explanation.name, explanation.says, evidence, hints)


def _where(array: CheckedArray) -> str:
    """How many entries are wrong, and where, a sentence."""
    wrong, checked = array.report.counts["disagree"], array.report.checked
    if checked == 1:
        return "Its only entry is wrong." if array.report.shape in ((), (1,)) else "It is wrong."
    if wrong == checked:
        return f"All {checked:,} checked entries are wrong."
    text = f"{wrong:,} of {checked:,} checked entries {'are' if wrong > 1 else 'is'} wrong"
    place = only_slices(array, array.report.verdicts == Verdict.DISAGREE)
    return f"{text}, all in {axis_words(array, *place)}." if place and wrong > 1 else f"{text}."


def _numbers(array: CheckedArray) -> str:
    """How the wrong entries compare with what was measured, a sentence."""
    claims, slopes = array.claimed[array.wrong], array.slopes[array.wrong]
    if not np.all(np.isfinite(array.claimed)):
        return "Some values are NaN or infinite."
    if claims.size and not np.any(claims):
        return "The wrong entries are zero."
    resolved = np.abs(slopes) > array.tolerance[array.wrong]
    if not np.any(resolved):
        largest = float(np.max(np.abs(array.claimed)))
        return f"It has values up to {largest:.3g} where the measured slopes are zero."
    ratios = claims[resolved] / slopes[resolved]
    low, middle, high = (float(each) for each in np.quantile(ratios, [0.0, 0.5, 1.0]))
    if ratios.size == 1 or high - low <= 1e-3 * abs(middle):
        return f"What is wrong is {middle:.5g} times the measured slope."
    return (
        f"The wrong entries are {low:.3g} to {high:.3g} times the measured slopes (median "
        f"{middle:.3g})."
    )


def _lines(array: CheckedArray, together: CheckedArrays) -> str:
    """The lines to read if no known mistake fits, a sentence."""
    line = f"check the line that computes the gradient of {array.report.name}."
    right = [each.report.name for each in together.right]
    if right:
        verb = "are" if len(right) > 1 else "is"
        plural = "s" if len(right) > 1 else ""
        return f"The gradient{plural} of {names_text(right)} {verb} right, so {line}"
    if len(together.arrays) > 1:
        return f"All gradients are wrong: check what they have in common first. Then {line}"
    return f"Check{line.removeprefix('check')}"
