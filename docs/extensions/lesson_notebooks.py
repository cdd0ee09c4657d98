"""Sphinx extension: put each lesson beside its page as a Jupyter notebook.

The source of a lesson is already a notebook, in MyST Markdown. What only this site understands
becomes plain Markdown. The outputs are left out: the reader computes them. In the folded answers
code and output are text, because not every program that opens notebooks can fold cells.

A notebook runs in every kernel: its first cell installs gradcheck from the wheel that lies beside
it, and ``!gradcheck``, which needs a shell that finds the program, becomes ``%gradcheck``.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from notebook_pictures import with_pictures
from site_wheel import wheel_name, write_wheel

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The line under a lesson's title that leads to its notebook.
DOWNLOAD = re.compile(r"<a class=\"notebook\".*?</a>\n*")
# A live page inside a lesson; a notebook says where to find it.
LIVE = re.compile(r"<div class=\"live\">.*?</div>\n*", re.S)
LIVE_ELSEWHERE = (
    "*The live page is on the site. `%gradcheck page -o page.html` writes one too.*\n\n"
)
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*\.md(#[^)]*)?\)")
OPEN, CLOSE = "<details>", "</details>"
FOLD = re.compile(f"({OPEN}|{CLOSE})")
# A command whose lines become a list, and any other command.
LINES = re.compile(r"= *!gradcheck\b")
COMMAND = re.compile(r"^( *)!gradcheck\b", re.M)
# Cells that only this project needs.
HIDDEN = "remove-cell"

HOW_TO_OPEN = """\
*This lesson is a notebook: you can run its cells and change them. Open it in JupyterLab, VS Code,
Colab or JupyterLite. Put the file `{wheel}` into the same folder; the site has it beside this
notebook. On a computer with Python 3.11 or newer: `pip install jupyterlab`, then
`jupyter lab {notebook}`. Run the cells from top to bottom, each with Shift+Enter.*"""
FIRST_CELL = """\
# Run this cell first. It installs gradcheck, if it is missing.
import sys
from importlib.util import find_spec
from pathlib import Path

missing = find_spec("gradcheck") is None
if missing and not Path("{wheel}").is_file():
    raise FileNotFoundError("Put {wheel} into the folder of this notebook.")
if missing and sys.platform == "emscripten":  # in a browser
    %pip install -q emfs:./{wheel}
elif missing:
    %pip install -q ./{wheel}

%load_ext gradcheck.notebook"""


def lesson_as_notebook(source: Path, executed: NotebookNode | None = None) -> NotebookNode:
    """A lesson in Jupyter's format, without the parts that work only on the site.

    Args:
        source: the lesson in MyST Markdown.
        executed: the same with the outputs of its cells; they are shown in the answers.

    """
    notebook = jupytext.read(source, fmt="md:myst")
    outputs = [cell.get("outputs", []) for cell in (executed or notebook).cells]
    cells: list[NotebookNode] = []
    answer: list[str] = []  # the pieces of an answer that is not yet complete
    for cell, printed in zip(notebook.cells, outputs, strict=True):
        if cell.cell_type == "markdown":
            for piece in FOLD.split(_plain_markdown(cell.source)):
                if piece == OPEN or answer:
                    answer.append(piece.strip())
                elif piece.strip():
                    cells.append(_markdown(piece, source.parent))
                if piece == CLOSE:
                    cells.append(_markdown("\n\n".join(answer), source.parent))
                    answer = []
        elif HIDDEN in cell.metadata.get("tags", []):
            continue
        elif answer:
            answer.append(_in_answer(_runs_anywhere(cell.source), printed))
        else:
            cells.append(new_code_cell(_runs_anywhere(cell.source), metadata=cell.metadata))
            cells[-1].metadata.pop("mystnb", None)
    names = {"wheel": wheel_name(), "notebook": f"{source.stem}.ipynb"}
    title, _, rest = cells[0].source.partition("\n")
    cells[0].source = f"{title}\n\n{HOW_TO_OPEN.format(**names)}\n{rest}".rstrip()
    cells.insert(1, new_code_cell(FIRST_CELL.format(**names)))
    for number, each in enumerate(cells):
        each.id = f"cell-{number}"  # else each build would write other files
    notebook.cells = cells
    return notebook


def _markdown(text: str, folder: Path) -> NotebookNode:
    return with_pictures(new_markdown_cell(text.strip()), folder)


def _plain_markdown(text: str) -> str:
    text = LIVE.sub(LIVE_ELSEWHERE, DOWNLOAD.sub("", text))
    return LINK.sub(r"\1", text)


def _runs_anywhere(code: str) -> str:
    """The code of a cell with its commands run by the kernel itself."""
    return COMMAND.sub(r"\1%gradcheck", LINES.sub("= %gradcheck_lines", code))


def _in_answer(code: str, outputs: list[NotebookNode]) -> str:
    """A cell of an answer, as text: its code, and what it prints."""
    return "\n\n".join([f"```python\n{code}\n```", *_shown(outputs)])


def _shown(outputs: list[NotebookNode]) -> Iterator[str]:
    """Outputs in Markdown: pictures as part of the text, everything else as it was printed."""
    for output in outputs:
        data = output.get("data", {})
        if "image/svg+xml" in data:
            svg = b64encode(data["image/svg+xml"].encode()).decode("ascii")
            yield f"![What the code draws](data:image/svg+xml;base64,{svg})"
        elif "image/png" in data:
            png = "".join(data["image/png"].split())
            yield f"![What the code draws](data:image/png;base64,{png})"
        else:
            printed = output.get("text", data.get("text/plain", ""))
            yield f"It prints:\n\n```text\n{printed.rstrip()}\n```"


def _with_link_to_wheel(app: "Sphinx", page: str, content: list[str]) -> None:
    """Put a link to the wheel beside the link to the notebook, which needs it."""
    link = "This lesson as a notebook</a>"
    wheel = f'<a class="notebook" href="{wheel_name()}" download>the wheel that it installs</a>'
    if page.startswith("lessons/"):
        content[0] = content[0].replace(link, f"{link} and {wheel} (save both in one folder)", 1)


def _write(app: "Sphinx", error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "lessons"
    write_wheel(Path(app.srcdir).parent, folder)
    for source in sorted((Path(app.srcdir) / "lessons").glob("*.md")):
        # MyST-NB keeps the executed cells here.
        kept = Path(app.outdir).parent / "jupyter_execute" / "lessons" / f"{source.stem}.ipynb"
        executed = jupytext.read(kept)
        jupytext.write(lesson_as_notebook(source, executed), folder / f"{source.stem}.ipynb")


def setup(app: "Sphinx") -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("source-read", _with_link_to_wheel)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
