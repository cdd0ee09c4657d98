"""What explains a disagreement: state between calls, another cost, or a mistake in a step."""

from collections.abc import Mapping
from dataclasses import replace

from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray, Explanation
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.disagreement import wrong_arrays
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.other_cost import right_for_another_cost
from gradcheck.homework.our_network import diagnose_on_our_network
from gradcheck.homework.second_look import second_look
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.homework.where_to_look import few_digits, where_to_look
from gradcheck.slopes.measurement import Measurement
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report

__all__ = ["explained"]

KEEPS_STATE = LikelyCause(
    "keeps-state", "backprop returns other gradients when it is called again."
)


def explained(
    report: Report,
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: SubmissionProcesses,
    how: Measurement,
) -> tuple[Report, LikelyCause | None]:
    """The report with a diagnosis, and the likely cause of a disagreement.

    Args:
        report: what the check found.
        claimed: the gradients that were checked.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code; the first computes its other costs.
        how: as the gradients were checked.

    Returns:
        The report as it was, and None, if nothing disagrees.

    """
    if not wrong_arrays(report):
        return report, None
    # Causes that are no mistake in a step of backprop come first.
    if facts.again is not None:
        return report, KEEPS_STATE
    if facts.guessed and facts.has_other_costs:
        other = right_for_another_cost(claimed, facts, position, processes.opened[:1], how.seed)
        if other is not None:
            return report, other
    by_layers = diagnose_on_our_network(facts, claimed.gradients, report)
    if by_layers is not None and by_layers.likely_cause is not None:
        evidence = f"{by_layers.says} {by_layers.evidence}"
        return replace(report, diagnosis=by_layers), LikelyCause(by_layers.likely_cause, evidence)
    by_arrays = _by_arrays(report, claimed, facts)
    cause = _first_named(report, by_arrays, everywhere=False)
    if cause is None:
        seen = second_look(claimed, facts, position, processes, how)
        if seen:
            by_arrays = _by_arrays(report, claimed, facts, seen)
        cause = _first_named(report, by_arrays, everywhere=True)
    if cause is None:
        # Hints on a network of ours say more than those on arrays.
        return replace(report, diagnosis=by_layers or by_arrays), _place(report)
    return replace(report, diagnosis=by_arrays), cause


def _by_arrays(
    report: Report,
    claimed: Candidate,
    facts: PartFacts,
    seen: Mapping[str, Explanation] | None = None,
) -> ArrayDiagnosis | None:
    """The mistake in each wrong array, as its numbers show it or as a second look has shown it."""
    known = [
        ClaimedArray(gradient, array.value)
        for gradient, array in zip(claimed.gradients, facts.arrays, strict=True)
        if array.value.size
    ]
    size = facts.batch_size
    return array_diagnosis(
        report, known, batch_size=size, outputs=facts.n_output, found_otherwise=seen
    )


def _first_named(
    report: Report, found: ArrayDiagnosis | None, *, everywhere: bool
) -> LikelyCause | None:
    """The mistake in the wrong array that backprop computes first.

    Args:
        report: what the check found.
        found: the diagnosis of its wrong arrays.
        everywhere: whether to go on to the next arrays if that one has no known mistake.

    """
    if found is None:
        return None
    of_array = {each.array: each for each in (found, *found.others)}
    wrong = wrong_arrays(report)
    for array in wrong if everywhere else wrong[:1]:
        each = of_array.get(array.name)
        if each is not None and each.likely_cause is not None:
            return LikelyCause(each.likely_cause, _evidence(each))
    return None


def _evidence(found: ArrayDiagnosis) -> str:
    return f"In the gradient of {found.array}: {found.says} {found.evidence}"


def _place(report: Report) -> LikelyCause:
    return few_digits(report) or where_to_look(report)
