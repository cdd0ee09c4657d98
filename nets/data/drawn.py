"""Digits drawn from a seed: grey images of 28 x 28 pixels in several typefaces.

Each digit of each typeface is kept as a signed distance: how far a point lies inside the outline,
negative outside. An image looks that distance up at its own pixels, shifted, turned, slanted and
scaled; adding to it makes the stroke thicker, and cutting it off at the edge makes it grey. So
ten thousand images are a few look-ups in one table.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nets.arrays import HostArray

__all__ = ["SIDE", "TYPEFACES", "Hand", "draw_digits"]

SIDE = 28  # pixels, as in MNIST
# They lie in matplotlib's own folder, so that what a machine has installed makes no difference.
TYPEFACES = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSans-Oblique",
    "DejaVuSansMono",
    "DejaVuSerif",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "STIXGeneralItalic",
    "cmr10",
    "cmss10",
    "cmtt10",
    "cmti10",
)
# The table reaches one and a half digits' heights in either direction, NODES steps a side.
NODES, REACH = 72, 0.75
HEIGHT = 19.0  # pixels of an upright digit, before it is scaled
BLOCK = 500  # images at a time, so that what is in work stays in the cache


@dataclass(frozen=True)
class Hand:
    """How far images differ, each drawn evenly between minus and plus, or from and to."""

    shift: float = 2.0  # pixels
    turn: float = 0.22  # radians
    slant: float = 0.25  # pixels to the right for each pixel up
    scale: tuple[float, float] = (0.8, 1.1)
    width: tuple[float, float] = (0.85, 1.15)  # of the digit, beside its height
    thicker: tuple[float, float] = (0.1, 1.0)  # pixels, on either side of the stroke
    noise: float = 0.04  # standard deviation, white is 1


HAND = Hand()


def draw_digits(count: int, seed: int, hand: Hand = HAND) -> tuple[HostArray, HostArray]:
    """Draw digits: images as bytes, (28 * 28, count), a column an image, and labels (count,).

    The same seed gives the same digits, with the same release of matplotlib.

    >>> images, labels = draw_digits(3, seed=0)
    >>> images.shape, images.dtype, labels.shape
    ((784, 3), dtype('uint8'), (3,))

    """
    distances = _distances()
    generator = np.random.default_rng([seed, 2])  # apart from networks and mini-batches
    labels = generator.integers(0, 10, count)
    typefaces = generator.integers(0, len(TYPEFACES), count)
    draw = _Draw(hand, generator, count)
    images = np.empty((count, SIDE * SIDE), dtype=np.uint8)
    for start in range(0, count, BLOCK):
        block = slice(start, min(start + BLOCK, count))
        grey = _grey(distances, 10 * typefaces[block] + labels[block], draw, block)
        grey += np.float32(hand.noise) * generator.standard_normal(grey.shape, dtype=np.float32)
        images[block] = 255 * np.clip(grey, 0, 1) + 0.5
    return images.T, labels


class _Draw:
    """What sets each image apart: matrices (count, 2, 2), shifts (count, 2), strokes (count,)."""

    def __init__(self, hand: Hand, generator: np.random.Generator, count: int) -> None:
        turn = generator.uniform(-hand.turn, hand.turn, count)
        slant = generator.uniform(-hand.slant, hand.slant, count)
        height = HEIGHT * generator.uniform(*hand.scale, count)
        width = height * generator.uniform(*hand.width, count)
        self.shifts = generator.uniform(-hand.shift, hand.shift, (count, 2)).astype(np.float32)
        self.thicker = generator.uniform(*hand.thicker, count).astype(np.float32)
        self.heights = height.astype(np.float32)
        # From pixels to the digit's own measure, so everything backwards: unturn, unslant, shrink.
        unturned = _matrices([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        unslanted = _matrices([[1 / width, -slant / width], [np.zeros(count), 1 / height]])
        self.matrices = (unslanted @ unturned).astype(np.float32)


def _matrices(entries: list[list[HostArray]]) -> HostArray:
    """One matrix for each image, (count, 2, 2), from an array (count,) for each entry."""
    return np.moveaxis(np.array(entries), -1, 0)


def _grey(distances: HostArray, glyphs: HostArray, draw: _Draw, block: slice) -> HostArray:
    """Images without noise, (images, pixels), 0 to 1, a little beyond at places."""
    middle = np.arange(SIDE, dtype=np.float32) - np.float32((SIDE - 1) / 2)
    pixels = np.stack([np.tile(middle, SIDE), np.repeat(-middle, SIDE)])  # x, and y upwards
    places = draw.matrices[block] @ (pixels - draw.shifts[block][:, :, None])
    steps = np.clip((places + REACH) * ((NODES - 1) / (2 * REACH)), 0, NODES - 1.001)
    whole = steps.astype(np.int32)
    along, up = np.moveaxis(steps - whole, 1, 0)
    at = glyphs[:, None].astype(np.int32) * NODES**2 + whole[:, 1] * NODES + whole[:, 0]
    lower = distances[at] * (1 - along) + distances[at + 1] * along
    upper = distances[at + NODES] * (1 - along) + distances[at + NODES + 1] * along
    inside = (lower * (1 - up) + upper * up) * draw.heights[block][:, None]  # in pixels
    grey: HostArray = np.clip(inside + draw.thicker[block][:, None] + np.float32(0.5), 0, 1)
    return grey


@functools.cache  # the same for every seed
def _distances() -> HostArray:
    """Signed distances of each digit of each typeface, in heights of the digit, end to end."""
    return np.concatenate([_signed_distance(outline) for outline in _outlines()])


def _outlines() -> Iterator[list[HostArray]]:
    """The closed outlines of each digit, (corners, 2) each; typeface by typeface, 0 to 9."""
    import matplotlib as mpl
    from matplotlib.ft2font import FT2Font
    from matplotlib.path import Path as Outline

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for typeface in TYPEFACES:
        font = FT2Font(str(folder / f"{typeface}.ttf"))
        font.set_size(1000, 72)  # so large that hinting does not matter
        for digit in "0123456789":
            font.load_char(ord(digit))
            path = Outline(*font.get_path())
            vertices = np.asarray(path.vertices)
            low, high = vertices.min(axis=0), vertices.max(axis=0)
            # Flattened at 64 to a height: many corners make no better picture, only more work.
            scaled = (vertices - (low + high) / 2) * (64 / (high[1] - low[1]))
            polygons = Outline(scaled, path.codes).to_polygons()
            yield [np.asarray(polygon) / 64 for polygon in polygons]


def _signed_distance(outline: list[HostArray]) -> HostArray:
    """How far each node lies inside, row by row from the lowest; (NODES * NODES,)."""
    steps = np.linspace(-REACH, REACH, NODES, dtype=np.float32)
    x, y = np.tile(steps, NODES), np.repeat(steps, NODES)
    nearest = np.full(x.shape, np.inf, dtype=np.float32)
    inside = np.zeros(x.shape, dtype=bool)
    for polygon in outline:
        corners = polygon.astype(np.float32)
        for (x0, y0), (dx, dy) in zip(corners[:-1], np.diff(corners, axis=0), strict=True):
            length = dx * dx + dy * dy
            if not length:
                continue
            along = np.clip(((x - x0) * dx + (y - y0) * dy) / length, 0, 1)
            squared = (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2
            nearest = np.minimum(nearest, squared)
            # A ray to the left crosses an outline an odd number of times from inside.
            crosses = (y0 <= y) != (y0 + dy <= y)
            if dy:
                inside ^= crosses & (x0 + (y - y0) * (dx / dy) < x)
    distance: HostArray = np.where(inside, 1, -1) * np.sqrt(nearest)
    return distance.astype(np.float32)
