"""HTML of tables, sentences and folded text; everything is escaped here."""

from collections.abc import Iterable
from html import escape

from gradcheck.show.text import Part, Table, html

__all__ = ["folded", "lines", "paragraph", "parts_html", "section", "table_html"]


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
