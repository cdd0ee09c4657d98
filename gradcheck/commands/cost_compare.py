"""``gradcheck cost-compare``: why backprop costs about two forward passes."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.shared import (
    BATCH_SIZES,
    SIZES,
    ExitCode,
    activation_option,
    csv_option,
    device_option,
    dtype_option,
    expect_memory,
    json_option,
    plain_option,
    plot_option,
    seed_option,
    threads_option,
    write_csv,
    write_out,
)

if TYPE_CHECKING:
    from gradcheck.costs.comparison import Comparison
    from gradcheck.costs.cost_row import Case

# Parameters, gradients and the two sides of the batched engine, with something to spare.
ARRAYS_HELD = 10


@click.command("cost-compare")
@click.option(
    "--sizes",
    "networks",
    type=SIZES,
    multiple=True,
    help="Neurons in each layer; give it again for another network.",
)
@click.option(
    "--batch-size",
    "batch_sizes",
    type=BATCH_SIZES,
    help="Examples in the mini-batch; several with commas, a row each.",
)
@activation_option
@dtype_option("Of forward and backprop.")
@device_option
@threads_option("Threads for matrix products and for the batched engine.")
@click.option(
    "--budget",
    type=float,
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="About how long all measurements together may take.",
)
@seed_option
@json_option
@csv_option
@plot_option("Draw the comparison for a lecture hall")
@plain_option
def cost_compare(
    networks: tuple[tuple[int, ...], ...],
    batch_sizes: tuple[int, ...] | None,
    activation: str,
    dtype: str,
    device: str,
    threads: int,
    budget: float,
    seed: int,
    as_json: bool,
    csv_file: Path | None,
    plot: Path | None,
    plain: bool,
) -> ExitCode:
    """Why backprop costs about two forward passes, and (46) one for each parameter.

    Counts the matrix products of backprop, measures forward and backprop side by side, and
    measures what it costs to get the same gradient from equation (46): one by one, as the book
    says, and by the batched engine. Where that would take too long it is measured on a sample,
    scaled up, and marked as an estimate.

    \b
    Examples:
      gradcheck cost-compare
      gradcheck cost-compare --sizes 784,30,10 --batch-size 1,10,100,1000
      gradcheck cost-compare --sizes 784,100,10 --sizes 784,300,10
      gradcheck cost-compare --plot costs.svg

    Without arguments: the book's network with growing mini-batches, and a sweep of widths up to
    a million parameters. Exit code: 0 done, 2 bad input, 130 interrupted: then the rows that
    were finished are shown, but not as JSON, and no file is written.
    """
    from gradcheck.show.files import expect_writable

    cases = _cases(networks, batch_sizes)
    for case in cases:
        expect_memory(case.sizes, case.batch_size, ARRAYS_HELD, device)
    if plot is not None:
        from gradcheck.show.figures import expect_plot_file

        expect_plot_file(plot)
    if csv_file is not None:
        expect_writable(csv_file)
    cores = os.cpu_count() or 1
    if threads > cores:
        click.echo(
            f"gradcheck: {threads} threads on {cores} cores will be in each other's way", err=True
        )

    from gradcheck.costs.comparison import CompareInterrupted
    from gradcheck.costs.measure import compare_costs
    from gradcheck.show.text import Sentence, rendered

    try:
        comparison = compare_costs(
            cases,
            threads=threads,
            budget=budget,
            activation=activation,
            dtype=dtype,
            device=device,
            seed=seed,
            progress=_tell if sys.stderr.isatty() else None,
        )
    except CompareInterrupted as interrupt:
        finished = interrupt.comparison
        if finished.rows and not as_json:
            no_file = "" if csv_file is None and plot is None else " No file was written."
            ended = Sentence(
                f"INTERRUPTED after {len(finished.rows)} of {len(cases)} rows; the others were not "
                f"measured.{no_file}"
            )
            parts = [*finished.parts(), ended]
            write_out(rendered(parts, sys.stdout, plain=plain))
        raise
    if csv_file is not None:
        write_csv([_flat(row) for row in comparison.to_dict()["rows"]], csv_file)
    if plot is not None:
        _plot(comparison, plot)
    if as_json:
        summary = {"schema_version": 1, "command": "cost-compare", **comparison.to_dict()}
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        write_out(rendered(comparison.parts(), sys.stdout, plain=plain))
    return ExitCode.OK


def _cases(
    networks: tuple[tuple[int, ...], ...], batch_sizes: tuple[int, ...] | None
) -> "tuple[Case, ...]":
    from gradcheck.costs.cost_row import LECTURE, Case

    if not networks and batch_sizes is None:
        return LECTURE
    chosen = networks or ((784, 30, 10),)
    return tuple(Case(sizes, batch) for sizes in chosen for batch in batch_sizes or (10,))


def _tell(case: "Case") -> None:
    network = "-".join(map(str, case.sizes))
    sys.stderr.write(f"\rmeasuring {network}, batch {case.batch_size}".ljust(60) + "\r")
    sys.stderr.flush()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the names of what is nested joined by full stops."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": _cell(item) for inner, item in value.items()}
        else:
            flat[name] = "-".join(map(str, value)) if name == "sizes" else value
    return flat


def _cell(value: Any) -> Any:
    return " to ".join(map(str, value)) if isinstance(value, list) else value


def _plot(comparison: "Comparison", path: Path) -> None:
    from gradcheck.costs.figure import draw_comparison
    from gradcheck.costs.notes import comparison_text
    from gradcheck.show.figures import save_figure

    save_figure(draw_comparison(comparison), path, comparison_text(comparison.rows))
