"""``gradcheck verify --net``: the same question about a class from somebody's file."""

import math
from dataclasses import replace

from gradcheck.commands.options.check import CheckOptions
from gradcheck.commands.options.common import MEGABYTE
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.student import ClassInFile, StudentOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.durations import rough_duration
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of
from gradcheck.commands.output.streams import notice, write_json
from gradcheck.commands.output.submission import json_of_submission, show_submission
from gradcheck.commands.output.verify import plot_report
from gradcheck.commands.runs.checking import progress_of_check
from gradcheck.commands.runs.digits import draw_mini_batch
from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.price import Price
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission import Submission, expect_file
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.understanding.slots import slots_of
from gradcheck.show.numbers import sizes_text

__all__ = ["verify_class"]

# Seconds above which --sample is recommended: longer than somebody likes to wait.
LONG_SECONDS = 60.0


def verify_class(
    net: ClassInFile,
    student: StudentOptions,
    asked: SubjectOptions,
    check: CheckOptions,
    hints: int | None,
    output: OutputOptions,
) -> ExitCode:
    """Check the backprop of the class and show what was found.

    Raises:
        BadInput: there is no such file, or the data does not fit the sizes.
        CheckInterrupted: on Ctrl-C.

    """
    expect_file(net.path)
    inputs, targets, examples = draw_mini_batch(
        asked.data, asked.sizes, asked.batch_size, asked.seed
    )
    submission = Submission(
        path=net.path,
        class_name=net.name,
        sizes=asked.sizes,
        inputs=inputs,
        targets=targets,
        cost=asked.typed_cost,
        seed=asked.seed,
        limits=Limits(student.timeout, None, student.memory * MEGABYTE),
    )
    jobs = student.jobs or 1
    found = _checked(submission, check, student, output)
    if hints is not None:
        found = _as_hints(found, hints)
    if output.plot is not None and found.report is not None:
        plot_report(found.report, f"{net.title}, {sizes_text(asked.sizes)}", output.plot)
    if output.as_json:
        write_json("verify", json_of_submission(asked, net.title, found, examples))
    else:
        settings = (
            f"{net.title} with sizes {sizes_text(asked.sizes)}; mini-batch of "
            f"{asked.batch_size}: {examples}, seed {asked.seed}; engine one-by-one, jobs {jobs}."
        )
        show_submission(net.title, settings, found, plain=output.plain)
    return ExitCode.BAD_INPUT if found.report is None else exit_code_of(found.report)


def _checked(
    submission: Submission, check: CheckOptions, student: StudentOptions, output: OutputOptions
) -> SubmissionReport:
    array_sizes = [math.prod(slot.book_shape) for slot in slots_of(submission.sizes)]
    with progress_of_check(check, array_sizes, output) as progress:
        return check_submission(
            submission,
            scheme=check.scheme,
            epsilon=check.epsilon,
            sample=check.sample,
            jobs=student.jobs or 1,
            strict=student.strict,
            announce=lambda price: _announce(price, sampled=check.sample is not None),
            progress=progress,
        )


def _announce(price: Price, *, sampled: bool) -> None:
    """Tell the price before the check begins."""
    each = "" if price.passes == 1 else f", with {price.passes} forward passes each time"
    hint = ""
    if price.seconds > LONG_SECONDS and not sampled:
        hint = "; give --sample N to check fewer entries"
    notice(
        f"the cost will be computed at least {price.costs:,} times{each}: "
        f"{rough_duration(price.seconds)}{hint}"
    )


def _as_hints(found: SubmissionReport, hints: int) -> SubmissionReport:
    """The same without the name of the mistake; with hints, if the diagnosis has some."""
    report = found.report
    if report is not None and report.diagnosis is not None:
        report = replace(report, diagnosis=report.diagnosis.as_hints(hints))
    return replace(found, report=report, likely_cause=None)
