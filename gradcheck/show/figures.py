"""Figures for a lecture hall: large type, and colours that everybody can tell apart."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.show.files import expect_writable, write_whole
from nets.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "BLUE",
    "GREEN",
    "ORANGE",
    "expect_plot_file",
    "figure_html",
    "large_type",
    "save_figure",
]

FORMATS = (".png", ".svg", ".pdf")
# From the palette of Okabe and Ito, which people with every kind of colour vision can tell apart.
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"


def expect_plot_file(path: Path) -> None:
    """Check that a figure can be written to a path, before the work that it will show.

    Raises:
        BadInput: the format is unknown, or the file cannot be written.

    """
    if path.suffix.lower() not in FORMATS:
        raise BadInput(
            f"a figure cannot be written as {path.name or str(path)!r}; give a name that ends in "
            f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        )
    expect_writable(path)


@contextmanager
def large_type() -> Iterator[None]:
    """Draw in the style ``gradcheck/show/lecture.mplstyle``, which the lessons use too."""
    from matplotlib import style

    # For numbers near the largest one, matplotlib computes ticks that are beyond it.
    with style.context("gradcheck.show.lecture"), np.errstate(over="ignore", invalid="ignore"):
        yield


def save_figure(figure: "Figure", path: Path, description: str) -> None:
    """Write a figure whole or not at all, with a description for those who cannot see it.

    Args:
        figure: the figure.
        path: the file; the end of its name says the format.
        description: goes into the metadata of the file, as its alternative text.

    Raises:
        BadInput: the file cannot be written.

    """
    kind = path.suffix.lower()
    metadata: dict[str, str | None] = {"Title": description}
    if kind == ".svg":
        metadata = {"Title": description, "Description": description, "Date": None}
    elif kind == ".pdf":
        metadata = {"Title": description, "CreationDate": None}
    with large_type():
        write_whole(path, lambda file: figure.savefig(file, metadata=metadata, dpi=100))


def figure_html(figure: "Figure", description: str) -> str:
    """A figure as HTML with the picture inside, for a notebook.

    Args:
        figure: the figure.
        description: its alternative text.

    """
    picture = io.BytesIO()
    with large_type():
        figure.savefig(picture, format="png", dpi=100)
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(description, quote=True)}" '
        'style="max-width: 100%">'
    )
