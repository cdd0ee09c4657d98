"""The remark on a cost that is not the same number each time."""

from dataclasses import replace

from gradcheck.show.numbers import scientific
from gradcheck.verdicts.report import Report

__all__ = ["with_nondeterminism"]


def with_nondeterminism(report: Report, difference: float, allowed: float) -> Report:
    """The report, with a remark on how far apart costs of the same parameters are.

    Args:
        report: what a check found.
        difference: between two costs of the same parameters.
        allowed: the ``nondeterminism`` that was asked for; without it, there is no remark.

    """
    if not allowed:
        return report
    remark = (
        f"Two costs of the same parameters differed by {scientific(difference)}. The error bars "
        f"allow for differences up to {scientific(allowed)} (nondeterminism)."
    )
    return replace(report, remarks=(*report.remarks, remark))
