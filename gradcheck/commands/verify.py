"""``gradcheck verify``: is this network's backprop right?"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.shared import (
    SIZES,
    ExitCode,
    activation_option,
    draw_mini_batch,
    dtype_option,
    expect_memory,
    json_option,
    plain_option,
    plot_option,
    seed_option,
    write_out,
)

if TYPE_CHECKING:
    from gradcheck.report import Report
    from gradcheck.text import Part
    from nets.network import Network

# Parameters, promoted parameters, gradients, slopes on both sides, bars and what they are made of.
ARRAYS_HELD = 12


@click.command()
@click.option(
    "--sizes",
    type=SIZES,
    default="784,30,10",
    show_default=True,
    help="Neurons in each layer, the input first.",
)
@activation_option
@click.option(
    "--cost",
    type=click.Choice(["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]),
    default="quadratic",
    show_default=True,
    help="What training makes small. A fused cost contains the last layer's activation.",
)
@click.option(
    "--init",
    "initialisation",
    type=click.Choice(["book", "scaled"]),
    default="book",
    show_default=True,
    help="Draw from N(0, 1), or weights from N(0, 1/n) and biases zero.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Examples in the mini-batch.",
)
@seed_option
@dtype_option("Of the network; the check itself is always done in float64.")
@click.option(
    "--scheme",
    type=click.Choice(["forward", "central", "five-point", "complex"]),
    default="forward",
    show_default=True,
    help="How the slope is measured. forward is equation (46).",
)
@click.option(
    "--epsilon",
    type=float,
    help="The step, in units of max(1, |w|), at most 0.1. Each scheme has a good one.",
)
@click.option(
    "--engine",
    type=click.Choice(["batched", "one-by-one"]),
    default="batched",
    show_default=True,
    help="All perturbed copies as columns of a few matrices, or a forward pass for each.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="Threads for the batched engine; as many as there are cores by default.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="A folder of digits in MNIST's IDX format, or an images file with its labels beside it. "
    "Without it, inputs are drawn at random.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check at most N entries of each array, drawn at random, instead of all.",
)
@plot_option("Draw the errors in units of their error bars")
@json_option
@plain_option
def verify(
    sizes: tuple[int, ...],
    activation: str,
    cost: str,
    initialisation: str,
    batch_size: int,
    seed: int,
    dtype: str,
    scheme: str,
    epsilon: float | None,
    engine: str,
    threads: int | None,
    data: Path | None,
    sample: int | None,
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

    Exit code: 0 all agree, 1 some entry disagrees, 2 bad input, 3 nothing could be decided,
    70 gradcheck found a fault of its own, 130 interrupted.
    """
    expect_memory(sizes, batch_size, ARRAYS_HELD)
    if plot is not None:
        from gradcheck.plots import expect_plot_file

        expect_plot_file(plot)

    from gradcheck.check import check_network
    from gradcheck.claims import CheckInterrupted
    from gradcheck.commands.progress import Progress
    from gradcheck.schemes import SCHEMES
    from gradcheck.verdict import Verdict
    from nets.arrays import place
    from nets.network import Network

    inputs, targets, examples = draw_mini_batch(data, sizes, batch_size, seed)
    where = place("cpu", dtype)
    network = Network.create(
        sizes,
        activation=activation,
        cost=cost,
        initialisation=initialisation,
        seed=seed,
        where=where,
    )
    inputs, targets = where.put(inputs), where.put(targets)
    entries = sum(min(sample or array.size, array.size) for array in network.parameters)
    total = entries * len(SCHEMES[scheme].perturbed_offsets)
    try:
        with Progress("checking", total) as progress:
            report = check_network(
                network,
                inputs,
                targets,
                scheme=scheme,
                epsilon=epsilon,
                sample=sample,
                seed=seed,
                engine=engine,
                threads=threads,
                progress=progress,
            )
    except CheckInterrupted as interrupt:
        if not as_json and interrupt.report.arrays:
            _show_finished(interrupt.report, plain)
        raise
    settings = {
        "activation": activation,
        "cost": cost,
        "init": initialisation,
        "batch_size": batch_size,
        "seed": seed,
        "dtype": dtype,
        "data": examples,
    }
    summary = _summary(network, report, settings, _seconds(network, inputs, targets, report))
    if plot is not None:
        _plot(report, sizes, plot)
    if as_json:
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        _show(report, summary, plain)
    if report.comparison is not None and not report.comparison.ok:
        return ExitCode.TOOL_IS_WRONG
    return {
        Verdict.AGREE: ExitCode.OK,
        Verdict.DISAGREE: ExitCode.DISAGREEMENT,
    }.get(report.verdict, ExitCode.UNDECIDED)


def _seconds(network: "Network", inputs: Any, targets: Any, report: "Report") -> dict[str, float]:
    from gradcheck.timing import side_by_side

    timings = side_by_side(
        {
            "forward": lambda: network.cost(inputs, targets),
            "backprop": lambda: network.backprop(inputs, targets),
        },
        budget=0.2,
    )
    return {
        **{name: timing.median for name, timing in timings.items()},
        "check": report.seconds,
    }


def _summary(
    network: "Network", report: "Report", settings: dict[str, Any], seconds: dict[str, float]
) -> dict[str, Any]:
    """The JSON of the command."""
    from gradcheck.work import backprop_forward_passes, book_forward_passes

    return {
        "schema_version": 1,
        "command": "verify",
        "network": {
            "sizes": list(network.sizes),
            "activation": settings["activation"],
            "cost": settings["cost"],
            "init": settings["init"],
            "parameters": network.parameter_count,
        },
        "device": "cpu",
        **{name: settings[name] for name in ("dtype", "batch_size", "seed", "data")},
        **report.to_dict(),
        "diagnosis": None,
        "forward_passes": {
            "book": book_forward_passes(network.sizes),
            "backprop": backprop_forward_passes(network.sizes),
        },
        "seconds": seconds,
    }


def _plot(report: "Report", sizes: tuple[int, ...], path: Path) -> None:
    from gradcheck.plots import draw_report, save_figure
    from gradcheck.report_text import scheme_text, verdict_sentence

    title = f"{'-'.join(map(str, sizes))}: backprop against {scheme_text(report.scheme)}"
    save_figure(draw_report(report, title), path, f"{title}. {verdict_sentence(report)}")


def _show(report: "Report", summary: dict[str, Any], plain: bool) -> None:
    from gradcheck.report_text import report_parts
    from gradcheck.text import Sentence, rendered

    network = summary["network"]
    double = "" if summary["dtype"] == "float64" else ", checked in float64"
    settings = Sentence(
        f"{'-'.join(map(str, network['sizes']))} network, {network['activation']}, "
        f"{network['cost']} cost, {network['parameters']:,} parameters, {summary['dtype']}"
        f"{double}; mini-batch of {summary['batch_size']}: {summary['data']}, seed "
        f"{summary['seed']}; engine {report.engine}."
    )
    *tables, verdict = report_parts(report)
    parts = [settings, *tables, *_cost_parts(report, summary), verdict]
    write_out(rendered(parts, sys.stdout, plain=plain))


def _cost_parts(report: "Report", summary: dict[str, Any]) -> "list[Part]":
    """What the gradient costs by either way, on paper and here."""
    from gradcheck.text import Sentence, Table, seconds_text

    passes, seconds = summary["forward_passes"], summary["seconds"]
    if report.engine == "one-by-one":
        # Every pass of the check costs the same, so (46) alone has its share of the time.
        book = seconds["check"] / report.evaluations * passes["book"]
    else:
        book = seconds["forward"] * passes["book"]
    measured = report.engine == "one-by-one" and not report.is_sample
    table = Table(
        "What one gradient of all parameters costs",
        ("", "forward passes", "seconds here"),
        (
            ("one forward pass", "1", seconds_text(seconds["forward"])),
            (
                "backprop, by multiply-adds",
                f"{passes['backprop']:.2f}",
                seconds_text(seconds["backprop"]),
            ),
            (
                "equation (46), one by one",
                f"{passes['book']:,}",
                seconds_text(book) + ("" if measured else " (estimate)"),
            ),
            (f"this check, {report.engine}", "", seconds_text(seconds["check"])),
        ),
    )
    ratio = passes["book"] / passes["backprop"]
    return [
        table,
        Sentence(
            f"On paper (46) costs {ratio:,.0f} times as much as backprop. The check evaluated "
            f"{report.evaluations:,} costs: both sides of every entry for its error bar, and again "
            "where in doubt. Small networks are bound by calls, not by multiply-adds: see "
            "gradcheck cost-compare."
        ),
    ]


def _show_finished(report: "Report", plain: bool) -> None:
    from gradcheck.report_text import report_parts
    from gradcheck.text import Sentence, rendered

    *tables, _ = report_parts(report)
    finished = Sentence("INTERRUPTED These arrays were finished; the others were not checked.")
    write_out(rendered([*tables, finished], sys.stdout, plain=plain))
