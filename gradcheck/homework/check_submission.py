"""Check a class that somebody else wrote: ``homework.py``, class ``Network``, as it is.

The class is loaded in other processes (``process``), understood by the shapes of what it holds
and returns (``understanding``), and checked with its own cost as a black box, one parameter at a
time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gradcheck.engines.engine import Engine, Progress
from gradcheck.homework.candidates import Candidate, best_candidate, candidates_of
from gradcheck.homework.convention import (
    factor_of_convention,
    without_factor,
    words_of_convention,
)
from gradcheck.homework.enough_digits import with_enough_digits
from gradcheck.homework.explanation import explained
from gradcheck.homework.finding import Finding
from gradcheck.homework.price import Price, entries_checked, price_of
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.homework.submission import Submission, expect_file
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.understanding.class_facts import ClassFacts
from gradcheck.homework.understanding.slots import slots_of
from gradcheck.slopes.measurement import Measurement
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report

__all__ = ["check_submission"]


@dataclass(frozen=True)
class _Options:
    """The options of ``check_submission``."""

    how: Measurement
    jobs: int
    strict: bool
    announce: Callable[[Price], None] | None
    progress: Progress | None


def check_submission(
    submission: Submission,
    *,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    jobs: int = 1,
    strict: bool = False,
    announce: Callable[[Price], None] | None = None,
    progress: Progress | None = None,
) -> SubmissionReport:
    """Check the backprop of somebody else's class.

    Args:
        submission: the class, its mini-batch and its limits.
        scheme: the difference scheme, as for ``check_gradients``.
        epsilon: its relative step; None for the scheme's own.
        sample: how many entries of each array are checked at most; None for all.
        jobs: processes among which the parameters are divided; no digit depends on it.
        strict: whether gradients that agree to 4 digits, but not within their error bars, disagree;
            otherwise they agree, and a remark says so.
        announce: called with the price before the check starts.
        progress: called now and then with the number of costs computed so far.

    Returns:
        What was found. An error of the class is reported there; it raises nothing here.

    Raises:
        BadInput: (a ``ValueError``) there is no such file, or an option cannot be used.
        CheckInterrupted: on Ctrl-C, with the arrays that were finished.

    """
    expect_file(submission.path)
    how = Measurement.of(scheme, epsilon, sample, submission.seed)
    options = _Options(how, jobs, strict, announce, progress)
    begun = time.perf_counter()
    with SubmissionProcesses(submission) as processes:
        try:
            facts = processes.open()
        except StudentError as error:
            found = SubmissionReport(None).failed(error)
        else:
            found = _checked(facts, submission, processes, options)
        findings = (*found.findings, *processes.printed())
    return replace(
        found,
        findings=tuple(Finding(each.kind, printable(each.text)) for each in findings),
        seconds={**found.seconds, "check": time.perf_counter() - begun},
    )


def _checked(
    facts: ClassFacts,
    submission: Submission,
    processes: SubmissionProcesses,
    options: _Options,
) -> SubmissionReport:
    """Check a class that was understood."""
    found = SubmissionReport(None, facts.findings, printable(facts.cost), seconds=facts.seconds)
    jobs = min(options.jobs, entries_checked(facts, options.how.sample))
    try:
        if options.announce is not None:
            price = price_of(
                facts, processes, options.how.scheme, sample=options.how.sample, jobs=jobs
            )
            options.announce(price)
        for _ in range(jobs - 1):
            processes.open()
        engine = ProcessEngine(processes.opened, facts.values, options.progress)
        first, again = _candidates(facts, submission)
        best, findings = best_candidate(first, engine, facts.values, submission.seed)
        found = replace(found, findings=(*facts.findings, *findings))
        second = again[first.index(best)] if again else None
        report, best = _report_on_calls(best, second, facts, submission, engine, options)
        report, cause = explained(report, best, facts, submission, processes)
    except StudentError as error:
        return found.failed(error)
    return replace(found, report=report, likely_cause=cause)


def _candidates(
    facts: ClassFacts, submission: Submission
) -> tuple[list[Candidate], list[Candidate]]:
    """The gradients as they may be meant; and in the same order those of a second call, if any."""
    first, again = (
        candidates_of(gradients, submission.batch_size, facts.sums)
        for gradients in (facts.gradients, facts.again or [])
    )
    return first, again


def _report_on_calls(
    best: Candidate,
    second: Candidate | None,
    facts: ClassFacts,
    submission: Submission,
    engine: Engine,
    options: _Options,
) -> tuple[Report, Candidate]:
    """The verdicts on the first call's gradients, or the second's if those are right."""
    report = _report_on(best, facts, submission, engine, options)
    remarks: tuple[str, ...] = ()
    factor = factor_of_convention(report, facts, submission)
    if factor is not None:
        best = without_factor(best, factor)
        remarks = (words_of_convention(factor, facts.cost, submission.sizes[-1]),)
        report = _report_on(best, facts, submission, engine, options)
    if second is not None and report.ok:
        # What is right in the first call may be wrong from then on.
        best = second if factor is None else without_factor(second, factor)
        report = _report_on(best, facts, submission, engine, options)
    return replace(report, remarks=(*remarks, *report.remarks)), best


def _report_on(
    claimed: Candidate,
    facts: ClassFacts,
    submission: Submission,
    engine: Engine,
    options: _Options,
) -> Report:
    """The verdicts on the gradients of one candidate."""
    slots = slots_of(submission.sizes)
    claims = [
        Claim(slot.name, slot.layer, slot.parameter, value, gradient)
        for slot, value, gradient in zip(slots, facts.values, claimed.gradients, strict=True)
    ]
    report = check_claims(claims, engine, options.how)
    return with_enough_digits(report, facts, strict=options.strict)
