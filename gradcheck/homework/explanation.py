"""What explains a disagreement: state between calls, another cost, or a mistake in a step."""

from dataclasses import replace

from gradcheck.homework.candidates import Candidate
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.likely_cause import LikelyCause, likely_cause_of
from gradcheck.homework.other_cost import right_for_another_cost
from gradcheck.homework.our_network import diagnose_on_our_network
from gradcheck.homework.submission_processes import SubmissionProcesses
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
    seed: int,
) -> tuple[Report, LikelyCause | None]:
    """The report with a diagnosis, and the likely cause of a disagreement.

    Args:
        report: what the check found.
        claimed: the gradients that were checked.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code; the first computes its other costs.
        seed: chooses the entries by which costs are compared.

    Returns:
        The report as it was, and None, if nothing disagrees.

    """
    by_numbers = likely_cause_of(claimed.gradients, report, facts.batch_size)
    if by_numbers is None:
        return report, None
    # Causes that are no mistake in a step of backprop come first.
    if facts.again is not None:
        return report, KEEPS_STATE
    if facts.guessed and facts.has_other_costs:
        other = right_for_another_cost(claimed, facts, position, processes.opened[:1], seed)
        if other is not None:
            return report, other
    diagnosis = diagnose_on_our_network(facts, claimed.gradients, report)
    report = replace(report, diagnosis=diagnosis)
    if diagnosis is None or diagnosis.likely_cause is None:
        return report, by_numbers
    evidence = f"{diagnosis.says} {diagnosis.evidence}"
    return report, LikelyCause(diagnosis.likely_cause, evidence)
