"""A layer twice: as circles with arrows, and as matrices."""

from typing import TYPE_CHECKING

from gradcheck.pictures.diagram import NetworkDiagram, Point, without_axes
from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, ORANGE, large_type

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_network_and_matrices"]

MARKED_NEURON, MARKED_EXAMPLE = 1, 2  # counted from 0
GAP = 1.3  # cells between two matrices, for the sign


def draw_network_and_matrices(sizes: tuple[int, int, int], batch_size: int) -> Picture:
    """Draw a network of two layers, and below it the matrices of its first layer.

    The arrows into one neuron of layer 1 are marked, and so is the row of the weights that holds
    them. One example is marked likewise, and the entry of z that belongs to both.

    Args:
        sizes: the inputs and the neurons of layers 1 and 2.
        batch_size: how many examples the matrices have.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(WIDTH, 5.9))
        above, below = figure.subplots(2, 1, height_ratios=(1.25, 1.0))
        _draw_network(NetworkDiagram(above, sizes, across=3.6))
        _draw_matrices(below, sizes[0], sizes[1], batch_size)
    return Picture(figure)


def _draw_network(diagram: NetworkDiagram) -> None:
    for column in (1, 2):
        for neuron in range(diagram.sizes[column]):
            marked = (column, neuron) == (1, MARKED_NEURON)
            for upstream in range(diagram.sizes[column - 1]):
                diagram.arrow(
                    column,
                    upstream,
                    neuron,
                    color=ORANGE if marked else "black",
                    linewidth=4.0 if marked else 1.0,
                )
    top = max(diagram.sizes) / 2 * diagram.down
    for column, name in enumerate(("inputs", "layer 1", "layer 2")):
        for neuron in range(diagram.sizes[column]):
            diagram.neuron(column, neuron, str(neuron + 1))
        diagram.axes.text(column * diagram.across, top + 0.15, name, ha="center")
    end, right = -top - 0.1, 2 * diagram.across
    diagram.axes.annotate("", (right, end), (0, end), arrowprops={"arrowstyle": "->"})
    diagram.axes.text(-0.2, end, "upstream\n(the data)", ha="right", va="center")
    diagram.axes.text(right + 0.2, end, "downstream\n(the cost)", va="center")
    without_axes(diagram.axes, (-2.9, right + 2.9), (-top - 0.8, top + 0.8))


def _draw_matrices(axes: "Axes", n_upstream: int, n_downstream: int, batch_size: int) -> None:
    from matplotlib.patches import Patch

    left = 0.0
    for name, rows, columns, sign in (
        ("weights", n_downstream, n_upstream, "@"),
        ("inputs", n_upstream, batch_size, "+"),
        ("biases", n_downstream, 1, "="),
        ("z", n_downstream, batch_size, ""),
    ):
        has_row, has_column = name != "inputs", columns == batch_size
        for i in range(rows):
            for k in range(columns):
                in_row = has_row and i == MARKED_NEURON
                in_column = has_column and k == MARKED_EXAMPLE
                _draw_cell(axes, (left + k, -i - 1.0), in_row, in_column)
        axes.text(left + columns / 2, 0.35, name, ha="center")
        shape = f"{rows} x {columns}"
        axes.text(left + columns / 2, -n_downstream - 0.35, shape, ha="center", va="top")
        axes.text(left + columns + GAP / 2, -n_downstream / 2, sign, ha="center", va="center")
        left += columns + GAP
    marks = [
        Patch(facecolor="none", edgecolor=ORANGE, hatch="//", label="neuron 2: a row"),
        Patch(facecolor="none", edgecolor=BLUE, hatch="\\\\", label="example 3: a column"),
    ]
    axes.legend(handles=marks, loc="lower center", ncols=2)
    without_axes(axes, (-0.3, left - GAP + 0.3), (-n_downstream - 3.0, 1.3))


def _draw_cell(axes: "Axes", corner: Point, in_row: bool, in_column: bool) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle(corner, 1, 1, facecolor="white", edgecolor="black", linewidth=1.5))
    for marked, color, hatch in ((in_row, ORANGE, "//"), (in_column, BLUE, "\\\\")):
        if marked:
            axes.add_patch(
                Rectangle(corner, 1, 1, facecolor=(0, 0, 0, 0), edgecolor=color, hatch=hatch)
            )
