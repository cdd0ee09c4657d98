"""What ``gradcheck step-sweep`` shows: its tables, its JSON, its CSV file, its figure."""

from pathlib import Path
from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.streams import show, write_csv, write_json
from gradcheck.commands.output.subject import subject_text
from gradcheck.show.figures import save_figure
from gradcheck.show.numbers import sizes_text
from gradcheck.show.text import Sentence
from gradcheck.sweep.figure import draw_sweep
from gradcheck.sweep.notes import sweep_text
from gradcheck.sweep.step_sweep import StepSweep

__all__ = ["show_finished_steps", "show_sweep"]


def show_sweep(sweep: StepSweep, subject: dict[str, Any], output: OutputOptions) -> None:
    """Write the files that were asked for, and show the tables or the JSON.

    Args:
        sweep: what was measured.
        subject: the network and the mini-batch, as ``Subject.to_dict`` describes them.
        output: how to show it.

    Raises:
        BadInput: a file cannot be written.

    """
    if output.csv_file is not None:
        write_csv(_rows(sweep), output.csv_file)
    if output.plot is not None:
        _plot(sweep, sizes_text(subject["network"]["sizes"]), output.plot)
    if output.as_json:
        write_json("step-sweep", {**subject, **sweep.to_dict()})
    else:
        settings = Sentence(f"{subject_text(subject)}; engine {sweep.engine}.")
        show([settings, *sweep.parts()], plain=output.plain)


def show_finished_steps(sweep: StepSweep, output: OutputOptions) -> None:
    """Show the steps that were finished when the sweep was interrupted, if any; no JSON.

    Args:
        sweep: those steps.
        output: how to show them; no file is written.

    """
    if output.as_json or not sweep.dtypes:
        return
    last = sweep.dtypes[-1]
    ended = Sentence(
        f"INTERRUPTED in {last.dtype}, after the step {min(last.curves[-1].epsilons):.1e} of "
        f"{last.curves[-1].scheme}; narrower steps were not measured.{output.unwritten}"
    )
    show([*sweep.finished_parts(), ended], plain=output.plain)


def _rows(sweep: StepSweep) -> list[dict[str, object]]:
    """A row for each dtype, scheme and step."""
    return [
        {"dtype": each["dtype"], "scheme": curve["scheme"], "epsilon": epsilon, "error": error}
        for each in sweep.to_dict()["dtypes"]
        for curve in each["curves"]
        for epsilon, error in zip(curve["epsilons"], curve["errors"], strict=True)
    ]


def _plot(sweep: StepSweep, network: str, path: Path) -> None:
    title = f"{network}: error of numerical gradients against the step"
    save_figure(draw_sweep(sweep, title), path, f"{network}. {sweep_text(sweep.dtypes)}")
