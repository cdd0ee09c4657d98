"""Check one part of somebody else's code: its claims against slopes of its cost."""

from dataclasses import dataclass, replace

from gradcheck.engines.engine import Engine, Progress
from gradcheck.homework.candidates import Candidate, best_candidate, candidates_of
from gradcheck.homework.convention import (
    factor_of_convention,
    without_factor,
    words_of_convention,
)
from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.homework.explanation import explained
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.finding import FAULT, UNUSABLE, Finding, oddity
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.reference import Reference
from gradcheck.homework.report_on import report_on
from gradcheck.homework.solution import Solution
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.report import Report

__all__ = ["PartOptions", "check_part"]


@dataclass(frozen=True)
class PartOptions:
    """How a part is checked.

    Attributes:
        how: the scheme, its step, and which entries.
        strict: whether agreement to some digits is not enough, and a fault besides the numbers
            counts as a disagreement.
        digits: how many are enough otherwise.
        seed: chooses the entries by which readings are compared.
        progress: called now and then with the number of costs computed so far.
        reference: what the main part should compute; None for anything.
        by_name: whether, without a reference, a function should compute what its name says.

    """

    how: Settings
    strict: bool = False
    digits: float = DIGITS_OF_A_CLASS
    seed: int = 0
    progress: Progress | None = None
    reference: Reference | Solution | None = None
    by_name: bool = False


def check_part(
    facts: PartFacts, position: int, processes: SubmissionProcesses, options: PartOptions
) -> PartReport:
    """Check the gradients that are claimed for a part.

    Args:
        facts: about the part.
        position: of the part in the contract.
        processes: in which its cost is computed.
        options: how it is checked.

    Raises:
        StudentError: the student's code raised something or broke a limit.

    """
    engine = ProcessEngine(processes.opened, facts.values, options.progress, part=position)
    first, again = _candidates(facts)
    best, findings = best_candidate(first, engine, facts.values, options.seed)
    second = again[first.index(best)] if again else None
    report, best = _report_on_calls(best, second, facts, engine, options)
    unexplained: list[Finding] = []
    cause = None
    wrong = [each for each in facts.findings if each.kind == UNUSABLE]
    try:
        if wrong:
            cause = LikelyCause("wrong-shape", " ".join(each.text for each in wrong))
        else:
            report, cause = explained(report, best, facts, position, processes, options.how)
    except StudentError as error:
        # The verdict does not change if the search for the cause fails.
        unexplained = [oddity(f"The search for the likely cause was not finished: {error.line}.")]
    faults = [each.text for each in facts.findings if each.kind == FAULT]
    others = [each for each in facts.findings if each.kind != FAULT]
    if options.strict:
        report = replace(report, findings=(*report.findings, *map(printable, faults)))
    else:
        # Gradients that are right pass, even if backward takes differences: only numbers count
        # here.
        others += map(oddity, faults)
    return PartReport(printable(facts.name), report, (*others, *findings, *unexplained), cause)


def _candidates(facts: PartFacts) -> tuple[list[Candidate], list[Candidate]]:
    """What the gradients may mean; and in the same order, what those of a second call may mean."""
    first, again = (
        candidates_of(gradients, facts.batch_size, facts.sums)
        for gradients in (facts.gradients, facts.again or [])
    )
    return first, again


def _report_on_calls(
    best: Candidate,
    second: Candidate | None,
    facts: PartFacts,
    engine: Engine,
    options: PartOptions,
) -> tuple[Report, Candidate]:
    """The verdicts on the first call's gradients, or the second's if those are right."""
    report = report_on(
        best, facts, engine, options.how, strict=options.strict, digits=options.digits
    )
    remarks: tuple[str, ...] = ()
    factor = factor_of_convention(report, facts)
    if factor is not None:
        best = without_factor(best, factor)
        remarks = (words_of_convention(factor, facts.cost, facts.n_output),)
        report = report_on(
            best, facts, engine, options.how, strict=options.strict, digits=options.digits
        )
    if second is not None and report.ok:
        # Gradients that are right in the first call may be wrong in all later ones.
        best = second if factor is None else without_factor(second, factor)
        report = report_on(
            best, facts, engine, options.how, strict=options.strict, digits=options.digits
        )
    return replace(report, remarks=(*remarks, *report.remarks)), best
