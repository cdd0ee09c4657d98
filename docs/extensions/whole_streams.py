"""Sphinx extension: what a cell prints is shown as it was printed.

Jupyter sends the output of a cell in pieces, which may begin and end in the middle of a line.
MyST-NB ends each piece with a line break (``coalesce_streams``). So it breaks lines, at other
places in each build. This extension joins the pieces before MyST-NB sees them.
"""

from myst_nb.core import render
from myst_nb.core.utils import coalesce_streams
from nbformat import NotebookNode
from sphinx.application import Sphinx


def whole_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a cell, with the pieces of each stream as one, at the place of its first."""
    joined: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = output
            joined.append(output)
    return coalesce_streams(joined)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    render.coalesce_streams = whole_streams
    return {"parallel_read_safe": True, "parallel_write_safe": True}
