"""HTML of tables, sentences and folded text; everything is escaped here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from gradcheck.show.text import Part, Table, html

__all__ = [
    "Cell",
    "folded",
    "lines",
    "paragraph",
    "parts_html",
    "section",
    "sortable_table",
    "table_html",
]


@dataclass(frozen=True)
class Cell:
    """A cell of a table that can be sorted.

    Attributes:
        text: what it says.
        key: by what its column is sorted: numbers by their size, words by the alphabet.
        link: a page that the text leads to; none if empty.
        is_short: whether the text is cut off at the end of a line; a pointer on it shows all of it.

    """

    text: str
    key: str | float
    link: str = ""
    is_short: bool = False


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph, with a class of ``page.css`` or of the page's own style."""
    return f"<p{_class(kind)}>{escape(text)}</p>" if text else ""


def lines(text: str) -> str:
    """Text whose lines and spaces stay as they are, such as code."""
    return f"<pre>{escape(text)}</pre>"


def table_html(table: Table) -> str:
    """A table that scrolls by itself where it is too wide for the window."""
    name = escape(table.title or "Table", quote=True)
    return f'<div class="wide" tabindex="0" role="region" aria-label="{name}">{html([table])}</div>'


def sortable_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table that is sorted by a click on a heading; ``sortable.js`` does it."""
    kinds = [_kind(cell) for cell in rows[0]] if rows else [""] * len(headings)
    head = "".join(
        f'<th scope="col"{kind}>{escape(text)}</th>'
        for text, kind in zip(headings, kinds, strict=True)
    )
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    name = escape(caption, quote=True)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="sortable"><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _kind(cell: Cell) -> str:
    """Words are aligned to the left, numbers to the right."""
    return ' class="word"' if isinstance(cell.key, str) else ""


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link, quote=True)}">{text}</a>'
    if cell.is_short and text:
        text = f'<div class="cut" title="{escape(cell.text, quote=True)}">{text}</div>'
    return f'<td{_kind(cell)} data-key="{escape(str(cell.key), quote=True)}">{text}</td>'


def parts_html(parts: Iterable[Part]) -> str:
    """Tables and sentences."""
    return "\n".join(
        table_html(part) if isinstance(part, Table) else paragraph(part.text) for part in parts
    )


def folded(summary: str, inside: str) -> str:
    """HTML under a line of text that unfolds it."""
    return f"<details><summary>{escape(summary)}</summary>\n{inside}\n</details>"


def section(heading: str, name: str, inside: str) -> str:
    """A panel with a heading; ``name`` is its id, a plain word."""
    return (
        f'<section class="panel" aria-labelledby="{name}">\n'
        f'<h2 id="{name}">{escape(heading)}</h2>\n{inside}\n</section>'
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
