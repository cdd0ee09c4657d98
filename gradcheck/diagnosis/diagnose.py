"""What to mend: the first wrong step of a backprop, and the mistake that explains it."""

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.bugs.walk_back import with_results
from gradcheck.diagnosis.array_causes import with_array_causes
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnosis_words import diagnosis_of
from gradcheck.diagnosis.first_wrong_step import first_wrong_step
from gradcheck.diagnosis.kinks_by_example import excused_at_kinks
from gradcheck.diagnosis.likely_mistake import likely_mistake
from gradcheck.diagnosis.parameters_alone import wrong_by_parameters
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import Array

__all__ = ["diagnose", "diagnosed"]


def diagnosed(
    report: Report,
    claimed: ClaimedBackprop | None,
    claims: Sequence[Claim],
    inputs: Array,
    targets: Array,
) -> Report:
    """The report with its diagnosis, and with ``kink`` where kinks in several examples explain it.

    Args:
        report: what the check of the parameters' gradients found.
        claimed: the backprop that was checked; None if there is no chain rule to compare with.
        claims: the gradients that were checked.
        inputs: (n_input, batch).
        targets: (n_output, batch).

    """
    report = excused_at_kinks(report, claimed)
    found = diagnose(report, claimed)
    if claimed is not None and (found is None or found.likely_cause or claimed.has_all_steps):
        return replace(report, diagnosis=found)
    batch_size, outputs = int(inputs.shape[1]), int(targets.shape[0])
    by_arrays = with_array_causes(report, claims, batch_size=batch_size, outputs=outputs)
    if found is None:
        return by_arrays
    return replace(report, diagnosis=_named_by_arrays(found, by_arrays))


def _named_by_arrays(found: Diagnosis, by_arrays: Report) -> Diagnosis:
    """The diagnosis, with the mistake that the arrays of its layer have in common, if they do."""
    several = by_arrays.diagnosis
    if not isinstance(several, ArrayDiagnosis):
        return found
    names = [array.name for array in by_arrays.arrays if array.layer == found.layer]
    causes = [each for each in (several, *several.others) if each.array in names]
    if len({(each.likely_cause, each.says) for each in causes}) != 1:
        return found
    return replace(found, likely_cause=causes[0].likely_cause, says=causes[0].says)


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
