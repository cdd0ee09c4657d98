"""``gradcheck verify --net``: the same question about a class from somebody's file."""

from dataclasses import replace

from gradcheck.commands.options.check import CheckOptions
from gradcheck.commands.options.common import MEGABYTE
from gradcheck.commands.options.gather import is_typed
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.student import ClassInFile, StudentOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.durations import rough_duration
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of_all
from gradcheck.commands.output.streams import notice, write_json
from gradcheck.commands.output.submission import json_of_submission, show_submission
from gradcheck.commands.output.verify import plot_report
from gradcheck.commands.runs.checking import progress_of_check
from gradcheck.commands.runs.digits import draw_mini_batch
from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.price import Price
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission import Submission, expect_file
from gradcheck.homework.submission_page import submission_page
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.numbers import sizes_text
from gradcheck.show.page.document import write_page
from nets.errors import BadInput

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
        BadInput: there is no such file, nothing in it can be read, or the data does not fit the
            sizes.
        CheckInterrupted: on Ctrl-C.

    """
    expect_file(net.path)
    submission, examples = _submission(net, student, asked)
    found = _checked(submission, check, student, output)
    if found.is_unread:
        raise BadInput(found.failure)
    if hints is not None:
        found = found.as_hints(hints)
    title, sizes = net.title(found.name), found.sizes or submission.sizes
    if output.plot is not None and found.report is not None:
        of_sizes = "" if sizes is None else f", {sizes_text(sizes)}"
        plot_report(found.report, f"{title}{of_sizes}", output.plot)
    settings = _settings(title, sizes, student, asked, examples)
    if output.html is not None:
        write_page(submission_page(title, settings, found).page(), output.html)
    if output.as_json:
        write_json("verify", json_of_submission(asked, title, found, examples))
    else:
        show_submission(title, settings, found, output)
    return ExitCode.BAD_INPUT if found.report is None else exit_code_of_all([found.word])


def _settings(
    title: str,
    sizes: tuple[int, ...] | None,
    student: StudentOptions,
    asked: SubjectOptions,
    examples: str,
) -> str:
    """What was checked, and how, in a sentence."""
    of_sizes = "" if sizes is None else f" with sizes {sizes_text(sizes)}"
    batch = f"mini-batch of {asked.batch_size}: {examples}"
    if student.adapter is not None:
        batch = f"examples of {student.adapter.name}"
    jobs = student.jobs or 1
    return f"{title}{of_sizes}; {batch}, seed {asked.seed}; engine one-by-one, jobs {jobs}."


def _submission(
    net: ClassInFile, student: StudentOptions, asked: SubjectOptions
) -> tuple[Submission, str]:
    """What is to be checked, and what its inputs are, in words.

    Without --sizes and --data the code itself says which sizes suit it. Without --data the
    examples are drawn where the sizes are known: in the child process.
    """
    submission = Submission(
        path=net.path,
        class_name=net.name,
        sizes=asked.sizes if asked.data is not None or is_typed("sizes") else None,
        cost=asked.typed_cost,
        seed=asked.seed,
        limits=Limits(student.timeout, None, student.memory * MEGABYTE),
        shapes=student.shapes,
        drawn_examples=asked.batch_size,
        adapter=student.adapter,
    )
    if asked.data is None:
        return submission, "random dense inputs"
    inputs, targets, examples = draw_mini_batch(
        asked.data, asked.sizes, asked.batch_size, asked.seed
    )
    return replace(submission, inputs=inputs, targets=targets), examples


def _checked(
    submission: Submission, check: CheckOptions, student: StudentOptions, output: OutputOptions
) -> SubmissionReport:
    # How many entries there are is known when the code is loaded.
    with progress_of_check(check, [], output) as progress:

        def announce(price: Price) -> None:
            progress.expect(price.costs)
            _announce(price, sampled=check.sample is not None)

        return check_submission(
            submission,
            scheme=check.scheme,
            epsilon=check.epsilon,
            sample=check.sample,
            jobs=student.jobs or 1,
            strict=student.strict,
            announce=announce,
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
        f"{rough_duration(price.seconds)} if the gradients are right, several times as long if "
        f"they are not{hint}"
    )
