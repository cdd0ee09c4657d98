"""To how many digits the gradients of a class that nobody here wrote should agree."""

from gradcheck.homework.facts import PartFacts
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.to_digits import SINGLE_DIGITS, to_digits

__all__ = ["DIGITS_OF_A_CLASS", "with_enough_digits"]

# Decimal digits of the largest slope of an array. A guard such as log(a + 1e-8) changes less than
# that; a mistake in a formula changes more. A factor such as 1.00005 would be taken for a guard.
DIGITS_OF_A_CLASS = 4.0


def with_enough_digits(
    report: Report, facts: PartFacts, *, strict: bool, digits: float = DIGITS_OF_A_CLASS
) -> Report:
    """The report with ``agree`` and a remark for arrays that agree to enough digits.

    Args:
        report: what a check found.
        facts: about the part.
        strict: whether arrays should agree within their error bars. If the class itself computes
            its gradients in float32, the digits of float32 are enough.
        digits: that are enough otherwise.

    """
    if strict:
        if not facts.rounded:
            return report
        digits = SINGLE_DIGITS
    return to_digits(report, {array.name: digits for array in report.arrays})
