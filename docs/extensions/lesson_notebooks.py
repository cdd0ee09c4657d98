"""Sphinx extension: put each lesson beside its page as a Jupyter notebook.

The source of a lesson is already a notebook, in MyST Markdown. What only this site understands
becomes plain Markdown. The outputs are left out: the reader computes them.
"""

import re
from pathlib import Path

import jupytext
from nbformat import NotebookNode
from sphinx.application import Sphinx

# The line under a lesson's title that leads to its notebook.
DOWNLOAD = re.compile(r"<a class=\"notebook\".*?</a>\n*")
# A live page inside a lesson; a notebook says where to find it.
LIVE = re.compile(r"<div class=\"live\">.*?</div>\n*", re.S)
LIVE_ELSEWHERE = "*The live page is on the site. `gradcheck page -o page.html` writes one too.*\n\n"
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*\.md(#[^)]*)?\)")
OPEN, CLOSE = "<details>", "</details>"
CONTINUED = f"{OPEN}\n<summary>The answer goes on</summary>\n\n"


def lesson_as_notebook(source: Path) -> NotebookNode:
    """A lesson in Jupyter's format, without the parts that work only on the site."""
    notebook = jupytext.read(source, fmt="md:myst")
    folded = False  # whether an answer continues from the cell before
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = LIVE.sub(LIVE_ELSEWHERE, DOWNLOAD.sub("", cell.source))
            text = LINK.sub(r"\1", text)
            cell.source, folded = _folded_by_itself(text, folded)
        else:
            cell.metadata.pop("mystnb", None)
            if folded:
                cell.metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    return notebook


def _folded_by_itself(text: str, folded: bool) -> tuple[str, bool]:
    """The text of a cell with every fold opened and closed in it, and whether the answer continues.

    On the site a fold may hold several cells; in Jupyter it ends with its cell.
    """
    if folded and text.lstrip().startswith(CLOSE):
        text = text.lstrip().removeprefix(CLOSE)
    elif folded:
        text = CONTINUED + text
    goes_on = text.count(OPEN) > text.count(CLOSE)
    return f"{text}\n\n{CLOSE}".strip() if goes_on else text.strip(), goes_on


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    for source in sorted((app.srcdir / "lessons").glob("*.md")):
        target = app.outdir / "lessons" / f"{source.stem}.ipynb"
        jupytext.write(lesson_as_notebook(Path(source)), str(target))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
