"""``gradcheck verify`` for one of gradcheck's own networks."""

from dataclasses import replace

from gradcheck.check import check_network
from gradcheck.commands.options.bug import BugOptions
from gradcheck.commands.options.check import CheckOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of
from gradcheck.commands.output.streams import write_json
from gradcheck.commands.output.verify import (
    forward_passes,
    page_of_network,
    plot_report,
    show_report,
)
from gradcheck.commands.runs.checking import progress_of_check
from gradcheck.commands.runs.cluster import workers_of
from gradcheck.commands.runs.planted import Planted, plant
from gradcheck.commands.runs.subject import Subject, build_subject
from gradcheck.costs.timing import side_by_side
from gradcheck.show.numbers import sizes_text
from gradcheck.show.page.document import write_page
from gradcheck.verdicts.entries_file import entries_file
from gradcheck.verdicts.report import Report

__all__ = ["verify_network"]

# Seconds for timing forward and backprop, and as much again if the times differ: short, so that
# nobody waits for it.
TIMING_SECONDS = 0.015


def verify_network(
    asked: SubjectOptions, check: CheckOptions, mistake: BugOptions, output: OutputOptions
) -> ExitCode:
    """Check the backprop of the network and show what was found.

    Raises:
        BadInput: the options do not describe a network that can be checked.
        CheckInterrupted: on Ctrl-C.

    """
    subject = build_subject(asked)
    planted = plant(subject, mistake)
    report = _checked(subject, planted, check, output)
    if report.diagnosis is not None and mistake.hints_to_give is not None:
        hints = report.diagnosis.as_hints(mistake.hints_to_give)
        report = replace(report, diagnosis=hints)
    content = {
        **subject.to_dict(),
        **report.to_dict(),
        "planted": None if planted is None else planted.to_dict(secret=mistake.is_secret),
        "forward_passes": forward_passes(asked.sizes),
        "seconds": {**_seconds(subject), "check": report.seconds},
    }
    sentence = None if planted is None else planted.sentence(secret=mistake.is_secret)
    if output.plot is not None:
        title = sizes_text(asked.sizes)
        if planted is not None:
            title += f", {planted.in_title(secret=mistake.is_secret)}"
        plot_report(report, title, output.plot)
    if output.html is not None:
        write_page(page_of_network(report, content, sentence).page(), output.html)
    if output.as_json:
        write_json("verify", content)
    else:
        show_report(report, content, sentence, output)
    return exit_code_of(report)


def _checked(
    subject: Subject, planted: Planted | None, check: CheckOptions, output: OutputOptions
) -> Report:
    array_sizes = [array.size for array in subject.network.parameters]
    with (
        workers_of(check.cluster) as workers,
        entries_file(output.entries) as entries,
        progress_of_check(check, array_sizes, output) as progress,
    ):
        report = check_network(
            subject.network,
            subject.inputs,
            subject.targets,
            gradients=None if planted is None else planted.gradients,
            previous=None if planted is None else planted.previous,
            scheme=check.scheme,
            epsilon=check.epsilon,
            sample=check.sample,
            seed=subject.options.seed,
            engine=check.engine,
            threads=check.threads,
            progress=progress,
            executor=workers,
            finished=None if entries is None else entries.add,
        )
        if entries is not None:
            entries.write(report)
        return report


def _seconds(subject: Subject) -> dict[str, float]:
    """The seconds of one forward pass and of one backprop."""
    network, mini_batch = subject.network, (subject.inputs, subject.targets)
    timings = side_by_side(
        {
            "forward": lambda: network.cost(*mini_batch),
            "backprop": lambda: network.backprop(*mini_batch),
        },
        budget=TIMING_SECONDS,
        device=subject.options.device,
    )
    return {name: timing.seconds for name, timing in timings.items()}
