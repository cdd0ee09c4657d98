"""``gradcheck step-sweep``: what is a good epsilon?"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradcheck.commands.shared import (
    SCHEME_NAMES,
    ExitCode,
    csv_option,
    engine_option,
    json_option,
    plain_option,
    plot_option,
    write_csv,
    write_out,
)
from gradcheck.commands.subject import SubjectOptions, subject_options, subject_text

if TYPE_CHECKING:
    from gradcheck.sweep.step_sweep import StepSweep

# Parameters in both dtypes and both engines' copies of them, gradients.
ARRAYS_HELD = 10


@click.command("step-sweep")
@subject_options("Of the network; the error is measured in float64 and in float32.")
@click.option(
    "--scheme",
    "schemes",
    type=click.Choice(SCHEME_NAMES),
    multiple=True,
    help="A scheme to sweep; give it again for another. All that suit the network by default.",
)
@engine_option
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help="Measure at most N entries of each array, drawn at random.",
)
@json_option
@csv_option
@plot_option("Draw the curves for a lecture hall")
@plain_option
def step_sweep(
    asked: SubjectOptions,
    schemes: tuple[str, ...],
    engine: str,
    sample: int,
    as_json: bool,
    csv_file: Path | None,
    plot: Path | None,
    plain: bool,
) -> ExitCode:
    """What is a good epsilon? The error of a numerical gradient against the step.

    A wide step leaves out more of the Taylor series, a narrow one divides the rounding of the
    cost by less: the curve is a V, and the best step lies between. Measured for a network and
    mini-batch of yours, in float64 and in float32, against a reference that knows no backprop.

    \b
    Examples:
      gradcheck step-sweep --sizes 784,30,10
      gradcheck step-sweep --sizes 20,15,5 --activation relu --engine one-by-one
      gradcheck step-sweep --scheme forward --scheme central --plot sweep.svg

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    from gradcheck.show.files import expect_writable

    asked.expect_memory(ARRAYS_HELD)
    if plot is not None:
        from gradcheck.show.figures import expect_plot_file

        expect_plot_file(plot)
    if csv_file is not None:
        expect_writable(csv_file)

    from gradcheck.commands.progress import Progress
    from gradcheck.show.text import Sentence, rendered
    from gradcheck.sweep.measure import step_sweep as swept
    from gradcheck.sweep.plan import curve_evaluations, schemes_for

    subject = asked.build()
    entries = sum(min(sample, array.size) for array in subject.network.parameters)
    chosen = schemes_for(subject.network, schemes or None)
    with Progress("sweeping", curve_evaluations(chosen, entries)) as progress:
        sweep = swept(
            subject.network,
            subject.inputs,
            subject.targets,
            schemes=schemes or None,
            sample=sample,
            seed=asked.seed,
            engine=engine,
            progress=progress,
        )
    if csv_file is not None:
        write_csv(_rows(sweep), csv_file)
    if plot is not None:
        _plot(sweep, asked.title, plot)
    if as_json:
        summary = {
            "schema_version": 1,
            "command": "step-sweep",
            **subject.to_dict(),
            **sweep.to_dict(),
        }
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        settings = Sentence(f"{subject_text(subject.to_dict())}; engine {engine}.")
        write_out(rendered([settings, *sweep.parts()], sys.stdout, plain=plain))
    return ExitCode.OK


def _rows(sweep: "StepSweep") -> list[dict[str, object]]:
    """A row for each dtype, scheme and step."""
    return [
        {"dtype": each["dtype"], "scheme": curve["scheme"], "epsilon": epsilon, "error": error}
        for each in sweep.to_dict()["dtypes"]
        for curve in each["curves"]
        for epsilon, error in zip(curve["epsilons"], curve["errors"], strict=True)
    ]


def _plot(sweep: "StepSweep", network: str, path: Path) -> None:
    from gradcheck.show.figures import save_figure
    from gradcheck.sweep.figure import draw_sweep
    from gradcheck.sweep.notes import sweep_text

    title = f"{network}: error of numerical gradients against the step"
    save_figure(draw_sweep(sweep, title), path, f"{network}. {sweep_text(sweep.dtypes)}")
