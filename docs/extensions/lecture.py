"""Sphinx extension: the lecture. A page of this site becomes slides, by reveal.js.

``docs/lecture/slides.md`` is built like every page: its cells run once, with all the others. Only
its frame is another one: each heading begins a slide, and the text of ``{notes}`` is what the
speaker sees. reveal.js comes from the Python package sphinx-revealjs. The builder of that package
is not used: it would need a second run of Sphinx, and run all cells again.

The hand-outs lie beside the slides: the sheet with the five steps, and the exercises.
"""

import re
import shutil
from contextlib import redirect_stdout
from hashlib import sha256
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from five_step_sheet import write_sheet
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from gradcheck.commands.exercise import exercise

SLIDES = "lecture/slides"
# The files of reveal.js that the slides need. Its hash must be that of the file that was released.
REVEAL_5_2_0 = "46538b52db48724192f59bf46f5e851a18e302777c46f4a34c32709d010d6a29"
ASSETS = ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE")
# The exercises to hand out: the name of the file, and what is typed after ``gradcheck exercise``.
EXERCISES = {
    "exercise-1.py": "--seed 3 --level 1 --manner matrices",
    "exercise-2.py": "--seed 11 --level 2",
    "exercise-3.py": "--seed 23 --level 3",
}
SECTION = re.compile(r"<section\b[^>]*>|</section>")
HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>')
MINUTES = re.compile(r'<aside class="notes" data-minutes="(\d+)">')


class speaker_notes(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """What the speaker sees, and how many minutes the slide takes."""


class Notes(Directive):
    """``:::{notes} 3``: the speaker's notes of a slide that takes three minutes."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The notes, with their paragraphs."""
        notes = speaker_notes(minutes=int(self.arguments[0]))
        self.state.nested_parse(self.content, self.content_offset, notes)
        return [notes]


def visit_notes(translator: HTML5Translator, node: nodes.Element) -> None:
    """Open the notes."""
    translator.body.append(f'<aside class="notes" data-minutes="{node["minutes"]}">\n')


def depart_notes(translator: HTML5Translator, node: nodes.Element) -> None:
    """Close the notes."""
    translator.body.append("</aside>\n")


def as_slides(body: str) -> str:
    """The page as a row of slides: sections inside of sections become sections side by side.

    The minutes of its notes tell reveal.js how long a slide takes: the speaker sees a clock for it.
    """
    slides = [piece for piece in SECTION.split(HEADER_LINK.sub("", body)) if piece.strip()]
    return "\n".join(
        f'<section data-timing="{60 * int(MINUTES.findall(slide)[0])}">\n'
        f'<div class="frame">\n{slide}</div>\n</section>'
        for slide in slides
    )


def _choose_frame(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None
) -> str | None:
    if page != SLIDES:
        return None
    context["slides"] = as_slides(context["body"])
    return "slides.html"


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    package = find_spec("sphinx_revealjs")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("reveal.js is missing; install it with: pip install '.[docs]'")
    reveal = Path(package.origin).parent / "_static" / "revealjs"
    if sha256((reveal / ASSETS[0]).read_bytes()).hexdigest() != REVEAL_5_2_0:
        raise ValueError(f"{reveal} should be reveal.js 5.2.0, but its hash differs")
    target = Path(app.outdir) / "_static" / "reveal"
    target.mkdir(parents=True, exist_ok=True)
    for asset in ASSETS:
        shutil.copy(reveal / asset, target)
    folder = Path(app.outdir) / "lecture"
    write_sheet(folder / "five-steps.pdf")
    for name, options in EXERCISES.items():
        (folder / name).unlink(missing_ok=True)
        with redirect_stdout(StringIO()):
            exercise.main([*options.split(), "-o", str(folder / name)], standalone_mode=False)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.add_node(speaker_notes, html=(visit_notes, depart_notes))
    app.add_directive("notes", Notes)
    app.connect("html-page-context", _choose_frame)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
