"""A picture that a notebook shows."""

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gradcheck.show.figures import large_type

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["WIDTH", "Picture"]

# Inches. A page of the site is wider: there the type becomes larger, and on a telephone it is still
# read.
WIDTH = 6.2


@dataclass(frozen=True)
class Picture:
    """A figure that shows itself as SVG where it is the last value of a cell."""

    figure: "Figure" = field(repr=False)

    def _repr_svg_(self) -> str:
        written = io.StringIO()
        with large_type():
            self.figure.savefig(written, format="svg", metadata={"Date": None}, bbox_inches="tight")
        return written.getvalue()
