"""Gradients that agree to some digits, though not within their error bars.

A guard such as log(a + 1e-8) in the cost, float32 in the backprop, or a smoothed function changes a
gradient by the same small part everywhere. That is no mistake in the backprop.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_notes import REASONS_FOR_LITTLE
from gradcheck.verdicts.verdict import Verdict
from nets.errors import BadInput, in_one_line, is_number

__all__ = ["SINGLE_DIGITS", "to_digits"]

# Decimal digits to which gradients that were computed in float32 are held: 2^-19 of the largest
# entry. That is 32 roundings of 2^-24; each step of backprop adds a few.
SINGLE_DIGITS = 19 * math.log10(2.0)


def digits_asked(claims: Sequence[Claim], digits: float | None = None) -> dict[str, float]:
    """The decimal digits that are asked for, by the name of the array, where fewer are enough.

    Args:
        claims: what is checked. Claims in float32 need only the digits of float32.
        digits: asked for of all arrays, if given.

    Raises:
        BadInput: the digits are no positive number.

    """
    if digits is not None and not (is_number(digits) and digits > 0.0):
        raise BadInput(f"digits is {in_one_line(digits)}; give a positive number, such as 6")
    most = math.inf if digits is None else float(digits)
    asked = {claim.name: SINGLE_DIGITS if claim.is_single else math.inf for claim in claims}
    return {
        name: min(of_claim, most)
        for name, of_claim in asked.items()
        if min(of_claim, most) < math.inf
    }


def to_digits(report: Report, digits: Mapping[str, float]) -> Report:
    """The report, with ``agree`` for what disagrees by less than some digits.

    Args:
        report: what a check found.
        digits: by the name of an array, the decimal digits of its largest slope that are asked
            for. Other arrays must agree within their error bars.

    """
    arrays, remarks = [], list(report.remarks)
    for array in report.arrays:
        wrong = array.verdicts == Verdict.DISAGREE
        if array.name in digits and np.any(wrong) and array.agreed_digits >= digits[array.name]:
            verdicts = np.where(wrong, Verdict.AGREE, array.verdicts).astype(array.verdicts.dtype)
            remarks.append(
                f"{array.name} agrees to {array.agreed_digits:.1f} digits of its largest slope, "
                f"though not within its error bars. {REASONS_FOR_LITTLE}"
            )
            array = replace(array, verdicts=verdicts, accepted_digits=digits[array.name])
        arrays.append(array)
    return replace(report, arrays=tuple(arrays), remarks=tuple(remarks))
