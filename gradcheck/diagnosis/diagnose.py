"""What to mend: the first wrong step of a backprop, and the mistake that explains it."""

from dataclasses import replace

from gradcheck.bugs.walk_back import with_results
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnosis_words import diagnosis_of
from gradcheck.diagnosis.first_wrong_step import first_wrong_step
from gradcheck.diagnosis.kinks_by_example import excused_at_kinks
from gradcheck.diagnosis.likely_mistake import likely_mistake
from gradcheck.diagnosis.parameters_alone import wrong_by_parameters
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis

__all__ = ["diagnose", "diagnosed"]


def diagnosed(report: Report, claimed: ClaimedBackprop | None) -> Report:
    """The report with its diagnosis, and with ``kink`` where kinks in several examples explain it.

    Args:
        report: what the check of the parameters' gradients found.
        claimed: the backprop that was checked; None if there is no chain rule to compare with.

    """
    report = excused_at_kinks(report, claimed)
    return replace(report, diagnosis=diagnose(report, claimed))


def diagnose(report: Report, claimed: ClaimedBackprop | None) -> Diagnosis | None:
    """Find the first wrong step and the likely mistake behind a report that disagrees.

    Args:
        report: what the check of the parameters' gradients found.
        claimed: the backprop that was checked; None if there is no chain rule to compare with.

    Returns:
        The diagnosis; None if nothing disagrees, or if there is nothing to compare with.

    """
    if claimed is None or report.verdict is not Verdict.DISAGREE:
        return None
    if claimed.has_all_steps:
        wrong = _explained(first_wrong_step(claimed, report), claimed)
    else:
        wrong = wrong_by_parameters(claimed, report)
    return diagnosis_of(wrong, claimed)


def _explained(wrong: WrongStep, claimed: ClaimedBackprop) -> WrongStep:
    """The same step with its likely mistake.

    What the step should have given follows from the claims of the steps before it. So each mistake
    of the zoo can be tried with just those.
    """
    moment = with_results(claimed.moments, claimed.claims)[wrong.step.layer]
    mistake = likely_mistake(moment, wrong.step.name, wrong.right, wrong.claim)
    return replace(wrong, mistake=mistake)
