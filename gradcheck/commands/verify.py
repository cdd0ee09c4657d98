"""``gradcheck verify``: is this network's backprop right?"""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradcheck.commands.planted import expect_bug_options, plant
from gradcheck.commands.shared import (
    SCHEME_NAMES,
    ExitCode,
    engine_option,
    json_option,
    plain_option,
    plot_option,
    write_out,
)
from gradcheck.commands.student_options import StudentOptions, student_options
from gradcheck.commands.subject import Subject, SubjectOptions, subject_options

if TYPE_CHECKING:
    from gradcheck.verdicts.report import Report

# Parameters, promoted parameters, gradients, slopes on both sides, bars and what they are made of.
ARRAYS_HELD = 12


@click.command()
@subject_options("Of the network; the check itself is always done in float64.")
@student_options
@click.option(
    "--scheme",
    type=click.Choice(SCHEME_NAMES),
    default="forward",
    show_default=True,
    help="How the slope is measured. forward is equation (46).",
)
@click.option(
    "--epsilon",
    type=float,
    help="The step, in units of max(1, |w|), at most 0.1. Each scheme has a good one.",
)
@engine_option
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="Threads for the batched engine; as many as there are cores by default.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check at most N entries of each array, drawn at random, instead of all.",
)
@click.option(
    "--bug",
    metavar="NAME",
    help="Plant a mistake in the backprop: a name that gradcheck bugs lists, or random.",
)
@click.option(
    "--layer",
    type=click.IntRange(min=1),
    metavar="L",
    help="Where to plant it; by default the last layer in which it changes something.",
)
@click.option("--reveal", is_flag=True, help="Say what --bug random has planted.")
@click.option(
    "--hints",
    type=click.IntRange(1, 3),
    metavar="1..3",
    help="Instead of naming the mistake, give so many hints. --bug random gives 1.",
)
@plot_option("Draw the errors in units of their error bars")
@json_option
@plain_option
def verify(
    asked: SubjectOptions,
    student: StudentOptions,
    scheme: str,
    epsilon: float | None,
    engine: str,
    threads: int | None,
    sample: int | None,
    bug: str | None,
    layer: int | None,
    reveal: bool,
    hints: int | None,
    plot: Path | None,
    as_json: bool,
    plain: bool,
) -> ExitCode:
    """Is this network's backprop right?

    Builds a network, computes its gradient by backprop, and measures every single partial
    derivative a second time, by moving that one weight or bias a little and looking at what the
    cost does: equation (46) of Nielsen's book,

        dC/dw_j ~ (C(w + epsilon e_j) - C(w)) / epsilon

    Then it says for each entry whether the two agree within the error bars of the measurement.

    \b
    Examples:
      gradcheck verify --sizes 784,30,10
      gradcheck verify --sizes 20,15,5 --activation tanh --scheme complex
      gradcheck verify --sizes 784,30,10 --data path/to/mnist --sample 500
      gradcheck verify --sizes 20,15,5 --bug random --seed 7 --hints 2
      gradcheck verify --net homework.py:Network --sizes 784,30,10

    Exit code: 0 all agree, 1 some entry disagrees, 2 bad input, 3 nothing could be decided,
    70 gradcheck found a fault of its own, 130 interrupted.
    """
    asked.expect_memory(ARRAYS_HELD)
    expect_bug_options(bug, layer, reveal)
    if plot is not None:
        from gradcheck.show.figures import expect_plot_file

        expect_plot_file(plot)
    if student.path is not None:
        from gradcheck.commands.verify_student import verify_student

        return verify_student(
            asked,
            student,
            scheme=scheme,
            epsilon=epsilon,
            sample=sample,
            hints=hints,
            plot=plot,
            as_json=as_json,
            plain=plain,
        )

    from gradcheck.check import check_network
    from gradcheck.commands.progress import Progress
    from gradcheck.commands.verify_output import (
        plot_report,
        show_finished,
        show_report,
        summary_of,
    )
    from gradcheck.slopes.schemes import SCHEMES
    from gradcheck.verdicts.check_claims import CheckInterrupted
    from gradcheck.verdicts.verdict import Verdict

    subject = asked.build()
    planted = None if bug is None else plant(subject, bug, layer)
    entries = sum(min(sample or array.size, array.size) for array in subject.network.parameters)
    total = entries * len(SCHEMES[scheme].perturbed_offsets)
    try:
        with Progress("checking", total) as progress:
            report = check_network(
                subject.network,
                subject.inputs,
                subject.targets,
                gradients=None if planted is None else planted.gradients,
                previous=None if planted is None else planted.previous,
                scheme=scheme,
                epsilon=epsilon,
                sample=sample,
                seed=asked.seed,
                engine=engine,
                threads=threads,
                progress=progress,
            )
    except CheckInterrupted as interrupt:
        if not as_json and interrupt.report.arrays:
            show_finished(interrupt.report, plain)
        raise
    blind = bug == "random" and not reveal
    if report.diagnosis is not None and (blind or hints is not None):
        report = replace(report, diagnosis=report.diagnosis.as_hints(hints or 1))
    told = None if planted is None else planted.to_dict(blind=blind)
    summary = summary_of(subject, report, told, _seconds(subject, report))
    if plot is not None:
        plot_report(report, asked.title, plot)
    if as_json:
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        sentence = None if planted is None else planted.sentence(blind=blind)
        show_report(report, summary, sentence, plain)
    if report.comparison is not None and not report.comparison.ok:
        return ExitCode.TOOL_IS_WRONG
    return {
        Verdict.AGREE: ExitCode.OK,
        Verdict.DISAGREE: ExitCode.DISAGREEMENT,
    }.get(report.verdict, ExitCode.UNDECIDED)


def _seconds(subject: Subject, report: "Report") -> dict[str, float]:
    from gradcheck.costs.timing import side_by_side

    network, mini_batch = subject.network, (subject.inputs, subject.targets)
    timings = side_by_side(
        {
            "forward": lambda: network.cost(*mini_batch),
            "backprop": lambda: network.backprop(*mini_batch),
        },
        budget=0.2,
        device=subject.options.device,
    )
    return {
        **{name: timing.median for name, timing in timings.items()},
        "check": report.seconds,
    }
