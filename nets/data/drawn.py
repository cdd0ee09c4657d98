"""Digits drawn from a seed: grey images of 28 x 28 pixels in several typefaces.

``typefaces`` has a table for each digit of each typeface: how far a point lies inside the outline.
An image looks this distance up at its own pixels, which are shifted, turned, slanted and scaled. A
larger distance makes the stroke thicker; cutting it off between 0 and 1 makes grey edges. So ten
thousand images are a few look-ups in one table.
"""

from dataclasses import dataclass

import numpy as np

from nets.arrays import HostArray, blocks
from nets.data.typefaces import NODES, REACH, TYPEFACES, signed_distances

__all__ = ["SIDE", "Hand", "draw_digits"]

SIDE = 28  # pixels, as in MNIST
HEIGHT = 19.0  # pixels of an upright digit before it is scaled; MNIST's digits are 20 high
BLOCK = 500  # images at a time; a trade-off between the calls and the cache


@dataclass(frozen=True)
class Hand:
    """How far images differ: each number is drawn evenly between minus and plus, or from and to.

    The defaults are our choice: images differ visibly, and people can still read them.
    """

    shift: float = 2.0  # pixels
    turn: float = 0.22  # radians
    slant: float = 0.25  # pixels to the right for each pixel up
    scale: tuple[float, float] = (0.8, 1.1)
    width: tuple[float, float] = (0.85, 1.15)  # of the digit, after it is scaled
    thicker: tuple[float, float] = (0.1, 1.0)  # pixels, on either side of the stroke
    noise: float = 0.04  # standard deviation, white is 1


HAND = Hand()


def draw_digits(count: int, seed: int, hand: Hand = HAND) -> tuple[HostArray, HostArray]:
    """Draw digits: images as bytes, (28 * 28, count), a column an image, and labels (count,).

    With the same release of matplotlib the same seed gives the same digits.

    >>> images, labels = draw_digits(3, seed=0)
    >>> images.shape, images.dtype, labels.shape
    ((784, 3), dtype('uint8'), (3,))

    """
    distances = signed_distances()
    # The 2 keeps these draws apart from those of networks and mini-batches of the same seed.
    generator = np.random.default_rng([seed, 2])
    labels = generator.integers(0, 10, count)
    typefaces = generator.integers(0, len(TYPEFACES), count)
    draw = _Draw(hand, generator, count)
    images = np.empty((count, SIDE * SIDE), dtype=np.uint8)
    for block in blocks(count, BLOCK):
        grey = _grey(distances, 10 * typefaces[block] + labels[block], draw, block)
        grey += np.float32(hand.noise) * generator.standard_normal(grey.shape, dtype=np.float32)
        images[block] = 255 * np.clip(grey, 0, 1) + 0.5
    return images.T, labels


class _Draw:
    """How each image differs: matrices (count, 2, 2), shifts (count, 2), strokes (count,)."""

    def __init__(self, hand: Hand, generator: np.random.Generator, count: int) -> None:
        turn = generator.uniform(-hand.turn, hand.turn, count)
        slant = generator.uniform(-hand.slant, hand.slant, count)
        height = HEIGHT * generator.uniform(*hand.scale, count)
        width = height * generator.uniform(*hand.width, count)
        self.shifts = generator.uniform(-hand.shift, hand.shift, (count, 2)).astype(np.float32)
        self.thicker = generator.uniform(*hand.thicker, count).astype(np.float32)
        self.heights = height.astype(np.float32)
        # The matrices go from pixels to the table, so they undo turn, slant and size.
        unturned = _matrices([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        unslanted = _matrices([[1 / width, -slant / width], [np.zeros(count), 1 / height]])
        self.matrices = (unslanted @ unturned).astype(np.float32)


def _matrices(entries: list[list[HostArray]]) -> HostArray:
    """One matrix for each image, (count, 2, 2), from an array (count,) for each entry."""
    return np.moveaxis(np.array(entries), -1, 0)


def _grey(distances: HostArray, glyphs: HostArray, draw: _Draw, block: slice) -> HostArray:
    """Images without noise, (images, pixels), from 0 to 1; glyphs (images,) number the tables."""
    middle = np.arange(SIDE, dtype=np.float32) - np.float32((SIDE - 1) / 2)
    pixels = np.stack([np.tile(middle, SIDE), np.repeat(-middle, SIDE)])  # x, and y upwards
    places = draw.matrices[block] @ (pixels - draw.shifts[block][:, :, None])
    steps = np.clip((places + REACH) * ((NODES - 1) / (2 * REACH)), 0, NODES - 1.001)
    whole = steps.astype(np.int32)
    # Between the nodes: linear along the row, then linear upwards.
    along, up = np.moveaxis(steps - whole, 1, 0)
    at = glyphs[:, None].astype(np.int32) * NODES**2 + whole[:, 1] * NODES + whole[:, 0]
    lower = distances[at] * (1 - along) + distances[at + 1] * along
    upper = distances[at + NODES] * (1 - along) + distances[at + NODES + 1] * along
    inside = (lower * (1 - up) + upper * up) * draw.heights[block][:, None]  # in pixels
    grey: HostArray = np.clip(inside + draw.thicker[block][:, None] + np.float32(0.5), 0, 1)
    return grey
