"""What the terminal and the notebook show: titles, tables and sentences."""

import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["WIDTH", "Part", "Sentence", "Table", "html", "plain_text", "rendered"]

WIDTH = 80


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


class _Page(io.StringIO):
    """Text that is to go to a stream, in characters that the stream can show."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._encoding = getattr(stream, "encoding", None) or "utf-8"

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def rendered(parts: Iterable[Part], stream: TextIO, *, plain: bool = False) -> str:
    """The parts as text for a stream, a blank line between them.

    Colour, box drawing and width are what the stream can show; plain is neither colour nor boxes.
    """
    from rich.console import Console

    page = _Page(stream)
    terminal = stream.isatty() and not plain
    console = Console(
        file=page,
        force_terminal=terminal,
        force_jupyter=False,  # it would show the text there, in colour, instead of giving it
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
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    if isinstance(part, Sentence):
        first, _, rest = part.text.partition(" ")
        console.print(Text.assemble((first, part.style), " ", rest))
        console.print()
        return
    if part.title:  # not the table's own, which would be no wider than the table
        console.print(Text(part.title, style="bold"))
    table = RichTable(
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
