"""Check code that somebody else wrote: ``homework.py``, class ``Network``, as it is.

The file is loaded in other processes (``process``), a format is found that can read it
(``formats``), and each part of what was found there is checked with its own cost as a black box,
one entry at a time.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from gradcheck.engines.engine import Progress
from gradcheck.homework.check_part import PartOptions, check_part
from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.homework.facts import Facts, PartFacts
from gradcheck.homework.finding import oddity
from gradcheck.homework.first_wrong_layer import first_wrong_layer
from gradcheck.homework.known_operations.comparison import unlike_its_name
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.named_slopes import unlike_in_the_check
from gradcheck.homework.one_output_network import sizes_with_one_output, with_one_output
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.price import Price, entries_checked, price_of
from gradcheck.homework.reference import Reference
from gradcheck.homework.solution import Solution
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.homework.submission import Submission, expect_files
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.slopes.settings import Settings

__all__ = ["check_submission"]


def check_submission(
    submission: Submission,
    *,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    jobs: int = 1,
    strict: bool = False,
    digits: float = DIGITS_OF_A_CLASS,
    reference: Reference | Solution | None = None,
    by_name: bool = False,
    announce: Callable[[Price], None] | None = None,
    progress: Progress | None = None,
) -> SubmissionReport:
    """Check the gradients of somebody else's code, in any of the formats that are known.

    Args:
        submission: the file, what to check in it, the mini-batch and the limits.
        scheme: the difference scheme, as for ``check_gradients``.
        epsilon: its relative step; None for the scheme's own.
        sample: how many entries of each array are checked at most; None for all.
        jobs: processes among which the parameters are divided; no digit depends on it.
        strict: whether gradients that agree to 4 digits, but not within their error bars, disagree;
            otherwise they agree, and a remark says so.
        digits: that many digits in place of 4.
        reference: what the main part should compute; None for anything.
        by_name: whether, without a reference, a function should compute what its name says.
        announce: called with the price before the check starts.
        progress: called now and then with the number of costs computed so far.

    Returns:
        What was found. An error of the class is reported there; it raises nothing here.

    Raises:
        BadInput: (a ``ValueError``) there is no such file, or an option cannot be used.
        CheckInterrupted: on Ctrl-C, with the arrays that were finished.

    """
    expect_files(submission)
    how = Settings.of(scheme, epsilon, sample, submission.seed)
    options = PartOptions(how, strict, digits, submission.seed, progress, reference, by_name)
    found = _checked_once(submission, options, jobs, announce)
    sizes = sizes_with_one_output(submission, found)
    if sizes is None:
        return found
    limits = submission.limits.less(found.seconds["check"])
    again = _checked_once(replace(submission, sizes=sizes, limits=limits), options, jobs, None)
    return with_one_output(found, again, submission.path)


def _checked_once(
    submission: Submission,
    options: PartOptions,
    jobs: int,
    announce: Callable[[Price], None] | None,
) -> SubmissionReport:
    """What is found with the sizes of the submission, or with sizes that suit it."""
    begun = time.perf_counter()
    with SubmissionProcesses(submission) as processes:
        try:
            facts = processes.open()
        except StudentError as error:
            found = SubmissionReport(None).failed(error)
        else:
            found = _checked(facts, processes, options, jobs, announce)
    return _finished(found, processes, time.perf_counter() - begun)


def _finished(
    found: SubmissionReport, processes: SubmissionProcesses, seconds: float
) -> SubmissionReport:
    """The report, with what the processes did besides, which is known once they are closed."""
    deeds = processes.deeds()
    findings = (*found.findings, *processes.printed(), *deeds)
    return replace(
        found,
        deeds=tuple(each.text for each in deeds),
        findings=tuple(replace(each, text=printable(each.text)) for each in findings),
        seconds={**found.seconds, "check": seconds},
    )


def _printable(each: LeftOut) -> LeftOut:
    return replace(each, name=printable(each.name), line=printable(each.line))


def _by_name(checked: PartReport, facts: PartFacts, seed: int) -> PartReport:
    """What was found of a part, with whether its forward pass is what its name says."""
    if facts.forward is None:
        return checked
    unlike = unlike_its_name(facts.forward) or unlike_in_the_check(facts, checked.report, seed)
    return replace(checked, unlike_its_name=printable(unlike))


def _checked(
    facts: Facts,
    processes: SubmissionProcesses,
    options: PartOptions,
    jobs: int,
    announce: Callable[[Price], None] | None,
) -> SubmissionReport:
    """Check each part of what was understood."""
    main = facts.parts[0]
    findings = (*facts.findings, *main.findings)
    found = SubmissionReport(None, findings, printable(main.cost), seconds=main.seconds)
    name = printable(facts.name)
    found = replace(found, name=name, format=facts.format, sizes=main.sizes)
    found = replace(found, left_out=tuple(map(_printable, facts.left_out)))
    jobs = min(jobs, max(entries_checked(part, options.how.sample) for part in facts.parts))
    checked: list[PartReport] = []
    try:
        if announce is not None:
            announce(price_of(facts, processes, options.how, jobs=jobs))
        for _ in range(jobs - 1):
            processes.open()
        for position, part in enumerate(facts.parts):
            checked.append(check_part(part, position, processes, options))
        if options.reference is not None:
            alike = options.reference.likeness(main, processes, checked[0].report, options.seed)
            found = replace(found, unlike_reference=alike.unlike)
            said = [oddity(alike.remark)] if alike.remark else []
            checked[0] = replace(checked[0], findings=(*checked[0].findings, *said))
        elif options.by_name:
            checked = [
                _by_name(each, part, options.seed)
                for each, part in zip(checked, facts.parts, strict=True)
            ]
            unlike = [each.unlike_its_name for each in checked]
            found = replace(found, unlike_reference="; ".join(filter(None, unlike)))
    except StudentError as error:
        return found.failed(error)
    wrong_layer = first_wrong_layer(checked[: 1 + facts.layers]) if facts.layers else None
    return replace(
        found,
        findings=(*facts.findings, *checked[0].findings),
        report=checked[0].report,
        likely_cause=checked[0].likely_cause if wrong_layer is None else wrong_layer.cause,
        first_wrong_layer=wrong_layer,
        parts=tuple(checked),
        layers=facts.layers,
    )
