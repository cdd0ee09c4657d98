"""Boxes with words, and arrows from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gradcheck.pictures.diagram import without_axes
from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, large_type

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import FancyBboxPatch

__all__ = ["Arrow", "Box", "draw_flow"]

UNITS = 10.0  # the width of a picture in the units of a box


@dataclass(frozen=True)
class Box:
    """A box with words.

    Attributes:
        x: its centre, from 0 on the left to 10 on the right.
        y: its centre, with 0 at the bottom.
        width: in the same units.
        height: in the same units.
        text: its words; a line break begins a new line.
        code: whether the words are code.
        bold: whether it is the answer that the picture leads to.

    """

    x: float
    y: float
    width: float
    height: float
    text: str
    code: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Arrow:
    """An arrow between two boxes, with words beside it.

    Attributes:
        start: the name of the box that it comes from.
        end: the name of the box that it leads to.
        text: the words; none if empty.
        both: whether it has two heads.
        shift: how far the words are moved to the side and up, in the units of a box.

    """

    start: str
    end: str
    text: str = ""
    both: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


def draw_flow(boxes: Mapping[str, Box], arrows: Sequence[Arrow], height: float) -> Picture:
    """Draw boxes and arrows.

    Args:
        boxes: by their names, which are not shown.
        arrows: between them.
        height: of the picture, in the units of a box.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(WIDTH, WIDTH * height / UNITS))
        axes = figure.subplots()
        patches = {name: _draw_box(axes, box) for name, box in boxes.items()}
        for arrow in arrows:
            _draw_arrow(axes, boxes, patches, arrow)
        without_axes(axes, (0.0, UNITS), (0.0, height))
    return Picture(figure)


def _draw_box(axes: "Axes", box: Box) -> "FancyBboxPatch":
    from matplotlib.patches import FancyBboxPatch

    corner = box.x - box.width / 2, box.y - box.height / 2
    patch = FancyBboxPatch(
        corner,
        box.width,
        box.height,
        boxstyle="round,pad=0,rounding_size=0.2",
        facecolor="white",
        edgecolor=BLUE if box.bold else "black",
        linewidth=4.0 if box.bold else 2.0,
    )
    axes.add_patch(patch)
    axes.text(
        box.x,
        box.y,
        box.text,
        ha="center",
        va="center",
        family="monospace" if box.code else "sans-serif",
        fontweight="bold" if box.bold else "normal",
    )
    return patch


def _draw_arrow(
    axes: "Axes", boxes: Mapping[str, Box], patches: Mapping[str, "FancyBboxPatch"], arrow: Arrow
) -> None:
    start, end = boxes[arrow.start], boxes[arrow.end]
    axes.annotate(
        "",
        (end.x, end.y),
        (start.x, start.y),
        arrowprops={
            "arrowstyle": "<|-|>" if arrow.both else "-|>",
            "color": "black",
            "linewidth": 2.0,
            "mutation_scale": 20,
            "patchA": patches[arrow.start],
            "patchB": patches[arrow.end],
            "shrinkA": 3,
            "shrinkB": 3,
        },
    )
    if arrow.text:
        right, up = arrow.shift
        axes.text(
            (start.x + end.x) / 2 + right,
            (start.y + end.y) / 2 + up,
            arrow.text,
            ha="center",
            va="center",
        )
