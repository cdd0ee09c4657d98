"""Figures for the lecture hall: large type, colours that everybody can tell apart, and hatches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gradcheck.show.files import expect_writable, write_whole
from nets.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["BLUE", "GREEN", "ORANGE", "expect_plot_file", "large_type", "save_figure"]

FORMATS = (".png", ".svg", ".pdf")
# From the palette of Okabe and Ito, told apart by people of every colour vision.
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"


def expect_plot_file(path: Path) -> None:
    """See that a figure can be written there, before the work that it is to show.

    Raises:
        BadInput: the format is unknown, or the folder cannot be written to.

    """
    if path.suffix.lower() not in FORMATS:
        raise BadInput(
            f"a figure cannot be written as {path.name or str(path)!r}; give a name that ends in "
            f"{', '.join(FORMATS)}"
        )
    expect_writable(path)


@contextmanager
def large_type() -> Iterator[None]:
    """The style of ``gradcheck/show/lecture.mplstyle``, which the lessons use as well."""
    from matplotlib import style

    with style.context("gradcheck.show.lecture"):
        yield


def save_figure(figure: "Figure", path: Path, description: str) -> None:
    """Write a figure whole or not at all, with a description for those who cannot see it.

    Args:
        figure: to be written in the format that the file's name ends in.
        path: where.
        description: goes into the file's metadata, as its alternative text.

    Raises:
        BadInput: it cannot be written.

    """
    kind = path.suffix.lower()
    metadata: dict[str, str | None] = {"Title": description}
    if kind == ".svg":
        metadata = {"Title": description, "Description": description, "Date": None}
    elif kind == ".pdf":
        metadata = {"Title": description, "CreationDate": None}
    with large_type():
        write_whole(path, lambda file: figure.savefig(file, metadata=metadata, dpi=100))
