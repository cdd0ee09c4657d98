"""Digits to look at, each under its label: as text for the terminal, as a figure."""

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

GAP = 2  # characters between two pictures
LEAST_WIDTH = 7  # characters; a digit in fewer cannot be told
BLOCKS = " \N{LOWER HALF BLOCK}\N{UPPER HALF BLOCK}\N{FULL BLOCK}"
SHADES = " .:-=+*#%@"


@dataclass(frozen=True)
class Gallery:
    """Pictures (n, rows, columns), 0 black to 1 white, and labels (n,), some of them in a row."""

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
    """Choose the digits from an offset on, as many as there are places, or as there are left.

    Raises:
        BadInput: there are none from there on.

    """
    if offset >= len(digits):
        raise BadInput(
            f"offset {offset:,} is past the end: {digits.source} has {len(digits):,} images; "
            f"give at most {len(digits) - 1:,}"
        )
    chosen = slice(offset, offset + rows * columns)
    return Gallery(digits.pictures(chosen), digits.labels[chosen], columns, offset, digits.source)


def gallery_description(gallery: Gallery) -> str:
    """What there is to see, in words."""
    labels = "; ".join(
        " ".join(str(gallery.labels[position]) for position in row) for row in gallery.rows
    )
    return f"{numbers_text(gallery)} of {gallery.source}. Labels row by row: {labels}."


def gallery_text(gallery: Gallery, stream: TextIO, *, plain: bool = False) -> str:
    """The pictures as characters, 80 columns wide at most, each under its label.

    Half blocks, which show two pixels each, where the stream can print them; else, and if plain,
    ASCII from light to dense.

    Raises:
        BadInput: so many do not fit beside each other.

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
    down = max(1, round(height * across / width / 2))  # a character is twice as high as wide
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
    """Rows of half blocks: each half is on if it is more white than black."""
    on = _resized(picture, 2 * down, across) > 0.4
    return [
        "".join(BLOCKS[2 * a + b] for a, b in zip(*pair, strict=True))
        for pair in on.reshape(down, 2, across).astype(int)
    ]


def _in_shades(picture: HostArray, down: int, across: int) -> list[str]:
    """Rows of characters, the denser the whiter."""
    steps = _resized(picture, down, across) * (len(SHADES) - 1) + 0.5
    return ["".join(SHADES[step] for step in row) for row in steps.astype(int)]


def _resized(picture: HostArray, rows: int, columns: int) -> HostArray:
    """The picture with other numbers of rows and columns: each pixel the mean of what it covers."""
    resized: HostArray = (
        _shares(picture.shape[0], rows) @ picture @ _shares(picture.shape[1], columns).T
    )
    return resized


def _shares(old: int, new: int) -> HostArray:
    """How much of each new pixel each old one makes up; (new, old), rows add up to 1."""
    edges = np.arange(new + 1) * (old / new)
    low = np.maximum(edges[:-1, None], np.arange(old))
    high = np.minimum(edges[1:, None], np.arange(old) + 1)
    shares: HostArray = np.clip(high - low, 0, None) * (new / old)
    return shares


def draw_gallery(gallery: Gallery) -> "Figure":
    """The pictures in rows, each under its label."""
    from matplotlib.figure import Figure

    down, across = len(gallery.rows), min(gallery.across, len(gallery.labels))
    with large_type():
        # The heading needs its width even above a single picture.
        figure = Figure(figsize=(max(8.0, 1.5 * across), 1.2 + 1.9 * down), layout="constrained")
        axes = figure.subplots()
        axes.set_axis_off()
        for row, positions in enumerate(gallery.rows):
            for column, position in enumerate(positions):
                # A place is 1.15 wide and 1.4 high, of which the picture is 1 by 1, at the bottom.
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
    """Which images these are, such as Images 25 to 49."""
    first, last = gallery.offset, gallery.offset + len(gallery.labels) - 1
    return f"Image {first:,}" if first == last else f"Images {first:,} to {last:,}"
