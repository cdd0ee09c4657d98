"""A page as one HTML file, with its style, its script and its data inside.

The file asks for nothing from anywhere: its content security policy forbids it.
"""

import json
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from gradcheck.show.files import expect_writable, write_whole
from gradcheck.show.page.modules import one_module
from nets.errors import BadInput

__all__ = ["Page", "expect_page_file", "page_file", "write_page"]

ENDINGS = (".html", ".htm")

# Only what is in the file itself: its style, its script, and pictures written as data.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True)
class Page:
    """A page, put together from the files of this folder.

    Attributes:
        title: plain text; it is escaped here.
        body: HTML. Whoever makes it escapes what comes from elsewhere.
        styles: the names of the style sheets, in their order.
        script: the name of the first JavaScript module; none if empty. Pages have ``theme.js`` at
            least: the button with the id ``theme`` changes between light and dark.
        data: plain numbers, lists, strings and dicts, for the script.

    """

    title: str
    body: str
    styles: tuple[str, ...] = ("page.css",)
    script: str = "theme.js"
    data: Any = None

    def html(self) -> str:
        """The whole file."""
        style = "\n".join(page_file(name) for name in self.styles)
        pieces = [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<link rel="icon" href="data:,">',
            f"<title>{escape(self.title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            self.body.strip(),
        ]
        if self.data is not None:
            data = _inside_script(json.dumps(self.data, allow_nan=False))
            pieces.append(f'<script type="application/json" id="data">{data}</script>')
        if self.script:
            script = one_module(self.script, page_file)
            pieces.append(f'<script type="module">\n{script}</script>')
        return "\n".join([*pieces, "</body>", "</html>", ""])


def page_file(name: str) -> str:
    """The text of a file of this folder."""
    return files(__package__).joinpath(name).read_text("utf-8")


def expect_page_file(path: Path) -> None:
    """Check that a page can be written to a path, before the work that it will show.

    Raises:
        BadInput: its name does not end in .html, or the file cannot be written.

    """
    if path.suffix.lower() not in ENDINGS:
        raise BadInput(f"{path.name!r} is not a name for a page; end it in .html")
    expect_writable(path)


def write_page(page: Page, path: Path) -> None:
    """Write a page whole or not at all.

    Raises:
        BadInput: the file cannot be written.

    """
    # A name in somebody's file may hold half a character, which UTF-8 cannot write.
    text = page.html().encode("utf-8", "backslashreplace")
    write_whole(path, lambda file: file.write_bytes(text))


def _inside_script(text: str) -> str:
    """JSON in which nothing can end the script element, or begin a comment there."""
    return text.replace("<", "\\u003c")
