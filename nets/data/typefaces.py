"""The digits of several typefaces, each as a table of signed distances.

A signed distance says how far a point lies inside the outline of a digit; outside it is negative.
Lengths are in heights of the digit, and the middle of the digit is at (0, 0).
"""

import functools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nets.arrays import HostArray

__all__ = ["NODES", "REACH", "TYPEFACES", "signed_distances"]

# They lie in matplotlib's own folder, so the fonts that a machine has installed do not matter.
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
# A table has NODES x NODES points from -REACH to REACH. REACH is in heights of the digit and leaves
# a quarter of a height around it. More nodes make finer outlines and a larger table: 72 nodes are
# 2 hundredths of a height apart, less than half a pixel of an image.
NODES, REACH = 72, 0.75
# The height of a digit, in matplotlib's units, when its curves are replaced by straight lines. A
# larger digit gets more corners, which take longer and make no better picture.
FLATTENED_HEIGHT = 64


@functools.cache  # the same for every seed
def signed_distances() -> HostArray:
    """The tables of all digits, one after the other, float32 (typefaces * 10 * NODES * NODES,).

    The digits 0 to 9 of the first typeface come first. A table goes row by row from the lowest.
    """
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
            scaled = (vertices - (low + high) / 2) * (FLATTENED_HEIGHT / (high[1] - low[1]))
            polygons = Outline(scaled, path.codes).to_polygons()
            yield [np.asarray(polygon) / FLATTENED_HEIGHT for polygon in polygons]


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
            # A ray to the left from a point inside crosses the outline an odd number of times.
            crosses = (y0 <= y) != (y0 + dy <= y)
            if dy:
                inside ^= crosses & (x0 + (y - y0) * (dx / dy) < x)
    distance: HostArray = np.where(inside, 1, -1) * np.sqrt(nearest)
    return distance.astype(np.float32)
