"""What the terminal and the notebook show: titles, tables and sentences."""

import io
import math
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "WIDTH",
    "Part",
    "Sentence",
    "Table",
    "html",
    "index_text",
    "plain_text",
    "rendered",
    "scientific",
    "seconds_text",
    "sizes_text",
]

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


def scientific(value: float, digits: int = 1) -> str:
    """A number such as -1.2e-08."""
    return str(value) if math.isnan(value) else f"{value:.{digits}e}"


def index_text(index: Sequence[int]) -> str:
    """An index as it is written in code, such as [29, 783]."""
    return "[" + ", ".join(map(str, index)) + "]"


def seconds_text(seconds: float) -> str:
    """Seconds in the unit that suits them."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            number = seconds / scale
            return f"{number:,.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def sizes_text(sizes: Sequence[int]) -> str:
    """Such as 784-30-10."""
    return "-".join(map(str, sizes))


def entries_text(count: int) -> str:
    """Such as ``1 entry`` or ``2,345 entries``."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def percent_text(part: float) -> str:
    """A part of 1 in percent, with one digit that counts, such as 0.0003 %.

    >>> percent_text(2.6e-6), percent_text(0.5), percent_text(3.0)
    ('0.0003 %', '50 %', '300 %')
    """
    percent = 100.0 * part
    if not math.isfinite(percent) or percent >= 1.0:
        return f"{percent:,.0f} %"
    if percent < 1e-9:
        return f"{percent:.0e} %"
    return f"{percent:.{-math.floor(math.log10(percent))}f} %"


def differing_texts(one: float, other: float, digits: int = 3, style: str = "e") -> tuple[str, str]:
    """Two numbers with as many digits as it takes to see that they differ.

    Args:
        one: a number.
        other: another.
        digits: how many digits are shown at least.
        style: ``e`` for a power of ten, ``g`` without one where that is shorter.

    >>> differing_texts(-1.6431e-2, -1.6432e-2)
    ('-1.6431e-02', '-1.6432e-02')
    >>> differing_texts(0.5, 0.25)
    ('5.000e-01', '2.500e-01')

    """
    most = 17
    while (
        digits < most and one != other and f"{one:.{digits}{style}}" == f"{other:.{digits}{style}}"
    ):
        digits += 1
    return f"{one:.{digits}{style}}", f"{other:.{digits}{style}}"
