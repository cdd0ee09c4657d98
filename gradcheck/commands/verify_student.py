"""``gradcheck verify --net``: the same question, asked of a class that somebody else wrote."""

import json
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.shared import ExitCode, write_out
from gradcheck.commands.student_options import StudentOptions, limits_of
from gradcheck.commands.subject import SubjectOptions, draw_mini_batch

if TYPE_CHECKING:
    from gradcheck.homework.price import Price
    from gradcheck.homework.submission_report import SubmissionReport

__all__ = ["verify_student"]


def verify_student(
    asked: SubjectOptions,
    student: StudentOptions,
    *,
    scheme: str,
    epsilon: float | None,
    sample: int | None,
    hints: int | None,
    plot: Path | None,
    as_json: bool,
    plain: bool,
) -> ExitCode:
    """Check the class and show what was found."""
    from gradcheck.commands.progress import Progress
    from gradcheck.commands.verify_output import plot_report, show_finished
    from gradcheck.homework.check_submission import check_submission
    from gradcheck.homework.submission import Submission, expect_file
    from gradcheck.homework.understanding.slots import slots_of
    from gradcheck.slopes.schemes import SCHEMES
    from gradcheck.verdicts.check_claims import CheckInterrupted
    from gradcheck.verdicts.verdict import Verdict

    assert student.path is not None
    expect_file(student.path)
    inputs, targets, examples = draw_mini_batch(
        asked.data, asked.sizes, asked.batch_size, asked.seed
    )
    submission = Submission(
        path=student.path,
        class_name=student.class_name,
        sizes=asked.sizes,
        inputs=inputs,
        targets=targets,
        cost=student.cost,
        seed=asked.seed,
        limits=limits_of(*student.limits),
    )
    shapes = [math.prod(slot.book_shape) for slot in slots_of(asked.sizes)]
    entries = sum(min(sample or size, size) for size in shapes)
    total = entries * len(SCHEMES[scheme].perturbed_offsets)
    try:
        with Progress("checking", total) as progress:
            found = check_submission(
                submission,
                scheme=scheme,
                epsilon=epsilon,
                sample=sample,
                jobs=student.jobs,
                announce=lambda price: _tell(price, sampled=sample is not None),
                progress=progress,
            )
    except CheckInterrupted as interrupt:
        if not as_json and interrupt.report.arrays:
            show_finished(interrupt.report, plain)
        raise
    if hints is not None:
        found = _as_hints(found, hints)
    if plot is not None and found.report is not None:
        plot_report(found.report, f"{student.title}, {asked.title}", plot)
    if as_json:
        summary = _summary(asked, student, found, examples)
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        _show(asked, student, found, examples, plain)
    if found.report is None:
        return ExitCode.BAD_INPUT
    return {
        Verdict.AGREE: ExitCode.OK,
        Verdict.DISAGREE: ExitCode.DISAGREEMENT,
    }.get(found.report.verdict, ExitCode.UNDECIDED)


def _as_hints(found: "SubmissionReport", hints: int) -> "SubmissionReport":
    """The same without a name for the mistake, as far as there are hints instead."""
    report = found.report
    if report is None:
        return found
    if report.diagnosis is None:
        return replace(found, likely_cause=None)
    hidden = replace(report, diagnosis=report.diagnosis.as_hints(hints))
    return replace(found, report=hidden, likely_cause=None)


def _tell(price: "Price", *, sampled: bool) -> None:
    """The price, before the check starts; on standard error, since it is no result."""
    from gradcheck.show.numbers import seconds_text

    each = "a forward pass" if price.passes == 1 else f"{price.passes} forward passes"
    hint = "; --sample N checks fewer" if price.seconds > 60 and not sampled else ""
    click.echo(
        f"gradcheck: {price.costs:,} costs to evaluate, {each} each: "
        f"about {seconds_text(price.seconds)}, or more where in doubt{hint}",
        err=True,
    )


def _summary(
    asked: SubjectOptions, student: StudentOptions, found: "SubmissionReport", examples: str
) -> dict[str, Any]:
    """The JSON of the command, with the keys that it has for a network of ours."""
    from gradcheck.costs.multiply_adds import backprop_forward_passes, book_forward_passes
    from nets.network import parameter_count

    report = {"verdict": found.word, "checked": 0, "arrays": []}
    if found.report is not None:
        report = found.report.to_dict()
    return {
        "schema_version": 1,
        "command": "verify",
        "network": {
            "sizes": list(asked.sizes),
            "class": student.title,
            "activation": None,
            "cost": found.cost or None,
            "init": None,
            "parameters": parameter_count(asked.sizes),
        },
        "device": "cpu",
        "dtype": "float64",
        "batch_size": asked.batch_size,
        "seed": asked.seed,
        "data": examples,
        **report,
        "planted": None,
        "weights": None,
        "submission": found.to_dict(),
        "forward_passes": {
            "book": book_forward_passes(asked.sizes),
            "backprop": backprop_forward_passes(asked.sizes),
        },
        "seconds": found.seconds,
    }


def _show(
    asked: SubjectOptions,
    student: StudentOptions,
    found: "SubmissionReport",
    examples: str,
    plain: bool,
) -> None:
    """Print how the class was understood, what was found, what it cost, and the verdict."""
    from gradcheck.show.numbers import seconds_text
    from gradcheck.show.text import Part, Sentence, Table, rendered

    parts: list[Part] = [
        Sentence(
            f"{student.title} as a {asked.title} network; mini-batch of {asked.batch_size}: "
            f"{examples}, seed {asked.seed}; engine one-by-one, jobs {student.jobs}."
        )
    ]
    if found.findings:
        rows = tuple((each.kind, each.text) for each in found.findings)
        parts.append(Table(f"How {student.title} was understood", ("", "what"), rows, left=2))
    if found.report is None:
        if found.traceback:
            parts.append(Sentence(f"In {student.title.partition(':')[0]}:\n{found.traceback}"))
        end = "" if found.failure.endswith("?") else "."
        parts.append(Sentence(f"FAILED {found.failure}{end}", "bold red"))
        write_out(rendered(parts, sys.stdout, plain=plain))
        return
    parts += found.report.found_parts()
    parts.append(
        Sentence(
            f"One cost took {seconds_text(found.seconds['cost'])}, one backprop of the mini-batch "
            f"{seconds_text(found.seconds['backprop'])}; the check evaluated "
            f"{found.report.evaluations:,} costs and took {seconds_text(found.seconds['check'])} "
            "in all."
        )
    )
    conclusion = found.report.conclusion_parts()
    diagnosis = found.report.diagnosis
    if found.likely_cause is not None and (diagnosis is None or diagnosis.likely_cause is None):
        if diagnosis is not None:
            conclusion.pop()  # that no mistake is known to give these numbers
        conclusion.append(Sentence(found.likely_cause.sentence))
    parts += conclusion
    write_out(rendered(parts, sys.stdout, plain=plain))
