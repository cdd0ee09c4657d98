"""Pictures of digits, each under its label: as text for a terminal, and as a figure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import numpy as np

from gradcheck.show.figures import large_type
from gradcheck.show.text import WIDTH
from nets.arrays import HostArray
from nets.data.digits import Digits
from nets.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Gallery", "draw_gallery", "gallery_description", "gallery_text", "hang", "numbers_text"]

# Characters between two pictures.
GAP = 2
# Characters. In a narrower picture a digit can hardly be recognised.
LEAST_WIDTH = 7
# From 0 black to 1 white: a half block is drawn for a brighter half. Chosen by looking at digits.
HALF_BLOCK_FROM = 0.4
BLOCKS = " \N{LOWER HALF BLOCK}\N{UPPER HALF BLOCK}\N{FULL BLOCK}"
SHADES = " .:-=+*#%@"


@dataclass(frozen=True)
class Gallery:
    """Pictures and their labels, in the order in which they are shown.

    Attributes:
        pictures: (n, rows, columns), from 0 for black to 1 for white.
        labels: (n,), the digits 0 to 9.
        across: how many pictures stand side by side.
        offset: the position of the first picture in the data.
        source: the name of the data.

    """

    pictures: HostArray
    labels: HostArray
    across: int
    offset: int
    source: str

    @property
    def rows(self) -> list[range]:
        """The positions of the pictures, row by row."""
        count = len(self.labels)
        return [
            range(start, min(start + self.across, count)) for start in range(0, count, self.across)
        ]


def hang(digits: Digits, rows: int, columns: int, offset: int) -> Gallery:
    """Choose as many digits as fit, or as the data still have, from a position on.

    Args:
        digits: the data.
        rows: how many rows of pictures there are.
        columns: how many pictures stand side by side.
        offset: the position of the first digit, counted from 0.

    Raises:
        BadInput: the offset is past the end of the data.

    """
    if offset >= len(digits):
        raise BadInput(
            f"offset {offset:,} is past the end: {digits.source} has {len(digits):,} images; "
            f"give at most {len(digits) - 1:,}"
        )
    chosen = slice(offset, offset + rows * columns)
    return Gallery(digits.pictures(chosen), digits.labels[chosen], columns, offset, digits.source)


def gallery_description(gallery: Gallery) -> str:
    """What the pictures show, for those who cannot see them."""
    labels = "; ".join(
        " ".join(str(gallery.labels[position]) for position in row) for row in gallery.rows
    )
    return f"{numbers_text(gallery)} of {gallery.source}. Labels row by row: {labels}."


def gallery_text(gallery: Gallery, stream: TextIO, *, plain: bool = False) -> str:
    """The pictures as characters, at most 80 columns wide, each under its label.

    Where the stream can print half blocks, each character shows two pixels. Elsewhere, and if
    ``plain`` is set, brighter pixels are denser ASCII characters.

    Raises:
        BadInput: so many pictures do not fit side by side.

    """
    height, width = gallery.pictures.shape[1:]
    room = (WIDTH + GAP) // gallery.across - GAP
    if room < LEAST_WIDTH:
        raise BadInput(
            f"{gallery.across} columns do not fit into {WIDTH} characters; give at most "
            f"{(WIDTH + GAP) // (LEAST_WIDTH + GAP)}, or --plot FILE"
        )
    across = min(room, width)
    draw = _in_shades if plain or not _prints(stream, BLOCKS) else _in_blocks
    down = max(1, round(height * across / width / 2))  # characters are twice as high as wide
    lines = []
    for row in gallery.rows:
        labels = [f"{gallery.labels[position]}".center(across) for position in row]
        cells = [draw(gallery.pictures[position], down, across) for position in row]
        lines += [labels, *zip(*cells, strict=True), []]
    return "".join((" " * GAP).join(line).rstrip() + "\n" for line in lines)


def _prints(stream: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _in_blocks(picture: HostArray, down: int, across: int) -> list[str]:
    """Rows of half blocks, each half drawn if it is bright enough."""
    on = _resized(picture, 2 * down, across) > HALF_BLOCK_FROM
    return [
        "".join(BLOCKS[2 * a + b] for a, b in zip(*pair, strict=True))
        for pair in on.reshape(down, 2, across).astype(int)
    ]


def _in_shades(picture: HostArray, down: int, across: int) -> list[str]:
    """Rows of characters; a brighter pixel is a denser character."""
    steps = _resized(picture, down, across) * (len(SHADES) - 1) + 0.5
    return ["".join(SHADES[step] for step in row) for row in steps.astype(int)]


def _resized(picture: HostArray, rows: int, columns: int) -> HostArray:
    """The picture (rows, columns): each new pixel is the mean of the old ones that it covers."""
    resized: HostArray = (
        _shares(picture.shape[0], rows) @ picture @ _shares(picture.shape[1], columns).T
    )
    return resized


def _shares(old: int, new: int) -> HostArray:
    """Which part of each new pixel comes from each old one: (new, old), and rows add up to 1."""
    edges = np.arange(new + 1) * (old / new)
    low = np.maximum(edges[:-1, None], np.arange(old))
    high = np.minimum(edges[1:, None], np.arange(old) + 1)
    shares: HostArray = np.clip(high - low, 0, None) * (new / old)
    return shares


def draw_gallery(gallery: Gallery) -> "Figure":
    """Draw the pictures in rows, each under its label."""
    from matplotlib.figure import Figure

    down, across = len(gallery.rows), min(gallery.across, len(gallery.labels))
    with large_type():
        # Wide enough for the heading, even above a single picture.
        figure = Figure(figsize=(max(8.0, 1.5 * across), 1.2 + 1.9 * down), layout="constrained")
        axes = figure.subplots()
        axes.set_axis_off()
        for row, positions in enumerate(gallery.rows):
            for column, position in enumerate(positions):
                # Each picture is 1 by 1, at the bottom of a cell that is 1.15 wide and 1.4 high.
                left, bottom = 1.15 * column, -1.4 * (row + 1)
                axes.imshow(
                    gallery.pictures[position],
                    cmap="gray",
                    vmin=0,
                    vmax=1,
                    interpolation="nearest",
                    extent=(left, left + 1, bottom, bottom + 1),
                )
                axes.text(
                    left + 0.5,
                    bottom + 1.04,
                    str(gallery.labels[position]),
                    fontsize="x-large",
                    horizontalalignment="center",
                    verticalalignment="bottom",
                )
        axes.set(xlim=(-0.05, 1.15 * across - 0.1), ylim=(-1.4 * down - 0.05, 0.0))
        figure.suptitle(f"{gallery.source}\n{numbers_text(gallery)}", fontsize="medium")
    return figure


def numbers_text(gallery: Gallery) -> str:
    """The positions of the pictures in the data, such as Images 25 to 49."""
    first, last = gallery.offset, gallery.offset + len(gallery.labels) - 1
    return f"Image {first:,}" if first == last else f"Images {first:,} to {last:,}"
