"""Titles, tables and sentences, as text for a terminal and as HTML for a notebook."""

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TextIO

from gradcheck.show.columns import cuts, narrowest

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

__all__ = ["WIDTH", "Part", "Sentence", "Table", "html", "plain_text", "rendered"]

# Characters in a line, where the output is no terminal.
WIDTH = 80


@dataclass(frozen=True)
class Table:
    """A table; its first ``left`` columns hold words, the others numbers.

    Attributes:
        title: stands above the table; none if empty.
        columns: the headings.
        rows: the cells, one for each column.
        left: how many columns are aligned to the left.

    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


@dataclass(frozen=True)
class Sentence:
    """A paragraph of text.

    Attributes:
        text: the words.
        style: colours the first word in a terminal, such as ``bold green``. The word must say the
            same without colour.

    """

    text: str
    style: str = ""


Part = Table | Sentence


class _Page(io.StringIO):
    """A stream to write to first, with the encoding of the stream that gets the text later."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._encoding = getattr(stream, "encoding", None) or "utf-8"

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def rendered(parts: Iterable[Part], stream: TextIO, *, plain: bool = False) -> str:
    """The parts as text for a stream, with a blank line between them.

    Colour and box drawing are used where the stream can show them, unless ``plain`` is set. Lines
    are as long as a terminal is wide; on other streams they have 80 characters.
    """
    from rich.console import Console

    page = _Page(stream)
    terminal = stream.isatty() and not plain
    console = Console(
        file=page,
        force_terminal=terminal,
        force_jupyter=False,  # in a notebook, rich would show the text instead of returning it
        no_color=True if plain else None,
        width=shutil.get_terminal_size().columns if terminal else WIDTH,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for part in parts:
        _print(part, console, plain=plain)
    return page.getvalue()


def _print(part: Part, console: "Console", *, plain: bool) -> None:
    from rich.text import Text

    if isinstance(part, Sentence):
        first, _, rest = part.text.partition(" ")
        console.print(Text.assemble((first, part.style), " ", rest))
        console.print()
        return
    if part.title:  # not as the title of rich's table: that would be wrapped to the table's width
        console.print(Text(part.title, style="bold"))
    for piece in _pieces(part, console.width, plain=plain):
        console.print(piece)
        console.print()


def _pieces(part: Table, room: int, *, plain: bool) -> "Iterator[RichTable]":
    """The table, cut into several where it is wider than a line, so that no number is split."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    cells = list(zip(part.columns, *part.rows, strict=True))
    widths = [
        narrowest(column, of_words=position < part.left) for position, column in enumerate(cells)
    ]
    for numbers in cuts(widths, part.left, 1, room):
        table = RichTable(
            box=None if plain else box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0) if plain else 0,
        )
        shown = [*range(part.left), *numbers]
        for position in shown:
            table.add_column(
                part.columns[position],
                justify="left" if position < part.left else "right",
                min_width=min(widths[position], room),
                overflow="fold",
            )
        for row in part.rows:
            table.add_row(*(Text(row[position]) for position in shown))
        yield table


def plain_text(parts: Iterable[Part]) -> str:
    """The parts as text, 80 columns wide, with no colour and no box drawing."""
    text = rendered(parts, io.StringIO(), plain=True)
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def html(parts: Iterable[Part]) -> str:
    """The parts as HTML, for a notebook."""
    pieces = []
    for part in parts:
        if isinstance(part, Sentence):
            pieces.append(f"<p>{escape(part.text)}</p>")
            continue
        # An empty heading is no heading: screen readers would read it out for each cell.
        head = "".join(
            f'<th scope="col">{escape(column)}</th>' if column else "<td></td>"
            for column in part.columns
        )
        rows = (
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in part.rows
        )
        caption = f"<caption>{escape(part.title)}</caption>" if part.title else ""
        kind = ' class="words"' if part.left >= len(part.columns) else ""
        pieces.append(
            f"<table{kind}>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )
    return "\n".join(pieces)
