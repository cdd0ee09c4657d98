"""Neurons as circles, weights as arrows, and words in boxes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["NetworkDiagram", "Point", "without_axes"]

Point = tuple[float, float]
# Points of type: small enough for numbers on arrows, large enough for the last row of a hall.
NUMBER_SIZE = 14.0


@dataclass(frozen=True)
class NetworkDiagram:
    """A network on axes: a column of neurons for the inputs and for each layer.

    Attributes:
        axes: where it is drawn; one unit across is as long as one unit up.
        sizes: the neurons of each column, the inputs first.
        across: from one column to the next.
        down: from one neuron to the next in a column.
        radius: of a neuron.

    """

    axes: "Axes"
    sizes: tuple[int, ...]
    across: float = 3.0
    down: float = 1.25
    radius: float = 0.46

    def at(self, column: int, neuron: int) -> Point:
        """The centre of a neuron; neuron 0 is at the top."""
        return column * self.across, ((self.sizes[column] - 1) / 2 - neuron) * self.down

    def neuron(self, column: int, neuron: int, text: str = "", color: str = "black") -> None:
        """Draw a neuron with a number or a word in it."""
        from matplotlib.patches import Circle

        x, y = self.at(column, neuron)
        self.axes.add_patch(
            Circle((x, y), self.radius, facecolor="white", edgecolor=color, linewidth=2, zorder=3)
        )
        self.axes.text(x, y, text, ha="center", va="center", fontsize=NUMBER_SIZE, zorder=4)

    def above(self, column: int, neuron: int, text: str) -> None:
        """Write a word or a number above a neuron."""
        x, y = self.at(column, neuron)
        self.axes.text(x, y + self.radius + 0.06, text, ha="center", fontsize=NUMBER_SIZE - 2)

    def arrow(
        self,
        column: int,
        upstream: int,
        neuron: int,
        text: str = "",
        *,
        back: bool = False,
        color: str = "black",
        linestyle: str = "-",
        linewidth: float = 1.5,
    ) -> None:
        """Draw the arrow of a weight.

        Args:
            column: the layer that the weight belongs to, from 1.
            upstream: the neuron that the arrow comes from.
            neuron: the neuron that it leads to.
            text: a number that stands on it.
            back: whether the arrow points towards the data.
            color: of the line.
            linestyle: of the line, so that colour is not alone.
            linewidth: in points.

        """
        x, y = self.at(column - 1, upstream)
        to_x, to_y = self.at(column, neuron)
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        aside = (to_x - x) / length * self.radius, (to_y - y) / length * self.radius
        ends = [(to_x - aside[0], to_y - aside[1]), (x + aside[0], y + aside[1])]
        head, tail = ends[::-1] if back else ends
        self.axes.annotate(
            "",
            head,
            tail,
            arrowprops={
                "arrowstyle": "-|>",
                "color": color,
                "linestyle": linestyle,
                "linewidth": linewidth,
                "shrinkA": 0,
                "shrinkB": 0,
                "mutation_scale": 16,
            },
        )
        if text:
            # Nearer to the side with more neurons, where the arrows are apart.
            part = 0.65 if self.sizes[column] >= self.sizes[column - 1] else 0.35
            place = x + part * (to_x - x), y + part * (to_y - y)
            self._number(place, text)

    def _number(self, place: Point, text: str) -> None:
        self.axes.text(
            *place,
            text,
            ha="center",
            va="center",
            fontsize=NUMBER_SIZE,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def without_axes(axes: "Axes", x: Point, y: Point) -> None:
    """Show a part of the plane with equal units, without ticks or a frame."""
    axes.set(xlim=x, ylim=y, aspect="equal")
    axes.axis("off")
