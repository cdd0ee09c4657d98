"""What the terminal and the notebook show: titles, tables and sentences."""

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TextIO

import numpy as np

from gradcheck.report import ArrayReport, Report
from gradcheck.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Part", "Sentence", "Table", "html", "plain_text", "rendered", "report_parts"]

WIDTH = 80
STYLES = {
    Verdict.AGREE: "bold green",
    Verdict.DISAGREE: "bold red",
    Verdict.UNDECIDED: "bold yellow",
}


@dataclass(frozen=True)
class Table:
    """Columns with a heading each; the first ``left`` are words, the others numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


@dataclass(frozen=True)
class Sentence:
    """A paragraph; a style colours its first word, which says the same without colour."""

    text: str
    style: str = ""


Part = Table | Sentence


def _console_for(file: TextIO, *, plain: bool = False) -> "Console":
    """A console on a stream: plain text where the stream is no terminal or asks for it."""
    from rich.console import Console

    terminal = file.isatty() and not plain
    return Console(
        file=file,
        no_color=True if plain else None,
        force_terminal=False if plain else None,
        width=None if terminal else WIDTH,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False if plain else None,
    )


def rendered(parts: Iterable[Part], file: TextIO, *, plain: bool = False) -> str:
    """The parts as text for a stream, a blank line between them.

    Colour, box drawing and width are what the stream can show; plain is neither colour nor boxes.
    """
    console = _console_for(file, plain=plain)
    with console.capture() as capture:
        _print(parts, console, plain=plain)
    return capture.get()


def _print(parts: Iterable[Part], console: "Console", *, plain: bool) -> None:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    for part in parts:
        if isinstance(part, Sentence):
            first, _, rest = part.text.partition(" ")
            console.print(Text.assemble((first, part.style), " ", rest))
        else:
            table = RichTable(
                title=part.title or None,
                title_justify="left",
                title_style="bold",
                box=None if plain else box.SIMPLE_HEAD,
                show_edge=False,
                pad_edge=False,
                padding=(0, 1, 0, 0) if plain else 0,
            )
            for position, column in enumerate(part.columns):
                is_word = position < part.left
                table.add_column(column, justify="left" if is_word else "right", overflow="fold")
            for row in part.rows:
                table.add_row(*(Text(cell) for cell in row))
            console.print(table)
        console.print()


def plain_text(parts: Iterable[Part]) -> str:
    """The parts as text, 80 columns wide, without colour or box drawing."""
    text = rendered(parts, io.StringIO(), plain=True)
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def html(parts: Iterable[Part]) -> str:
    """The parts as HTML, for a notebook."""
    pieces = []
    for part in parts:
        if isinstance(part, Sentence):
            pieces.append(f"<p>{escape(part.text)}</p>")
            continue
        head = "".join(f"<th>{escape(column)}</th>" for column in part.columns)
        rows = (
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in part.rows
        )
        caption = f"<caption>{escape(part.title)}</caption>" if part.title else ""
        pieces.append(
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )
    return "\n".join(pieces)


def scientific(value: float, digits: int = 1) -> str:
    """A number such as -1.2e-08; ``-`` for one that is not there."""
    return "-" if value is None or math.isnan(value) else f"{value:.{digits}e}"


def index_text(index: Sequence[int]) -> str:
    """An index as it is written in code, such as [29, 783]."""
    return "[" + ", ".join(map(str, index)) + "]"


def report_parts(report: Report) -> list[Part]:
    """A report as tables of counts and of errors, notes, and the verdict in a sentence."""
    words = [verdict.word for verdict in Verdict]
    count_rows = []
    error_rows = []
    for array in report.arrays:
        counts = array.counts
        shape = " x ".join(map(str, array.shape)) or "number"
        count_rows.append(
            (array.name, shape, f"{array.checked:,}", *(f"{counts[word]:,}" for word in words))
        )
        worst = array.worst
        error_rows.append(
            (
                array.name,
                scientific(array.max_absolute_error),
                scientific(array.relative_error),
                index_text(array.index_of(worst)),
                scientific(float(array.backprop[worst]), 3),
                scientific(float(array.numerical[worst]), 3),
                scientific(float(array.error_bar[worst])),
            )
        )
    totals = report.counts
    if len(report.arrays) > 1:
        total = ("all", "", f"{report.checked:,}", *(f"{totals[word]:,}" for word in words))
        count_rows.append(total)
    checked = "sampled" if report.is_sample else "checked"
    estimate = "(46)" if report.scheme == "forward" else report.scheme
    return [
        Table("Verdicts on entries", ("array", "shape", checked, *words), tuple(count_rows), 2),
        Table(
            "Errors, and the worst entry of each array",
            ("array", "largest", "relative", "worst at", "backprop", estimate, "+/-"),
            tuple(error_rows),
        ),
        *(Sentence(note) for note in notes(report)),
        Sentence(verdict_sentence(report), STYLES[report.verdict]),
    ]


def notes(report: Report) -> list[str]:
    """What a reader must know beside the tables: the sample, kinks, what was not resolved."""
    lines = []
    if report.is_sample:
        lines.append(
            f"A sample: {report.checked:,} of {report.parameters:,} entries, drawn at random; "
            "a mistake in the others goes unseen."
        )
    for array in report.arrays:
        if array.counts["kink"]:
            lines.append(kink_note(array))
    if report.comparison is not None:
        comparison = report.comparison
        distance = f"{comparison.bars:.2f} error bars apart at the most"
        if comparison.ok:
            lines.append(
                f"The engine {report.engine} was held against full forward passes at "
                f"{comparison.compared} entries: {distance}."
            )
        else:
            lines.append(
                f"FAULT The engine {report.engine} and full forward passes are {distance}, at "
                f"{comparison.name} {index_text(comparison.index)}: this is a fault of gradcheck, "
                "not of the network. Use --engine one-by-one, and please report it."
            )
    counts = report.counts
    if counts["undecided"]:
        decide = "their error bar is wider than the gradient itself; " + (
            "--scheme complex (for sigmoid, tanh, identity) or central resolves more."
            if report.scheme != "complex"
            else "they are below what float64 can resolve."
        )
        lines.append(f"Undecided: {counts['undecided']:,} entries; {decide}")
    if counts["untested"]:
        lines.append(
            f"Untested: {counts['untested']:,} entries; neither the cost nor backprop's claim "
            "moves with them here (a black pixel, a dead neuron). Other inputs may test them."
        )
    if report.checked and counts["untested"] + counts["disagree"] == report.checked:
        lines.append(
            "The cost moved with no entry at all: does it use the arrays that it is given?"
        )
    return lines


def kink_note(array: ArrayReport) -> str:
    """The first kink of an array, with both slopes."""
    first = int(np.flatnonzero(array.verdicts == Verdict.KINK)[0])
    return (
        f"Kink: {array.counts['kink']:,} entries of {array.name}; at "
        f"{index_text(array.index_of(first))} the slope is "
        f"{scientific(float(array.lowest_slope[first]), 3)} on one side and "
        f"{scientific(float(array.highest_slope[first]), 3)} on the other, backprop says "
        f"{scientific(float(array.backprop[first]), 3)}: a valid subgradient."
    )


def verdict_sentence(report: Report) -> str:
    """The verdict in a sentence."""
    counts = report.counts
    estimate = "equation (46)" if report.scheme == "forward" else f"the {report.scheme} scheme"
    if report.verdict is Verdict.DISAGREE:
        wrong = [array for array in report.arrays if array.counts["disagree"]]
        array = max(wrong, key=lambda wrong_array: wrong_array.counts["disagree"])
        worst = array.worst
        where = ", ".join(wrong_array.name for wrong_array in wrong)
        return (
            f"DISAGREE {counts['disagree']:,} of {report.checked:,} entries contradict "
            f"{estimate}, in {where}. At {array.name} {index_text(array.index_of(worst))} "
            f"backprop says {scientific(float(array.backprop[worst]), 3)}, {estimate} "
            f"{scientific(float(array.numerical[worst]), 3)} +/- "
            f"{scientific(float(array.error_bar[worst]))}."
        )
    if report.verdict is Verdict.UNDECIDED:
        where = ", ".join(array.name for array in report.undecided_arrays)
        return (
            f"UNDECIDED No entry contradicts {estimate}, but none could be confirmed in {where}: "
            "this is no pass. Try other inputs, another scheme, or a network that is less "
            "saturated."
        )
    resolution = max(array.resolution for array in report.arrays)
    return (
        f"AGREE {counts['agree']:,} of {report.checked:,} entries agree with {estimate} within "
        f"their error bars, and none contradicts it. A factor of {1 + resolution:.10g} on any one "
        "array would have been seen."
    )
