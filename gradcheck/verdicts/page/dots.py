"""Claims against measured slopes, as dots. Dots at the same place are drawn once."""

import base64
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["FINEST", "Dots", "dots"]

# Places for dots along each axis: 2 or 3 pixels of the chart each.
FINEST = 200
# Larger numbers are drawn at the end of an axis: the range of the axis must fit into float64, and
# so must the ticks that are computed beyond it.
LARGEST = 2.0**1000
# Numbers that differ by less than this part of the largest are drawn as one number: there is no
# room for ticks with more digits.
LEAST_WIDTH = 1e-3


@dataclass(frozen=True, eq=False)
class Dots:
    """The dots of an array: whole numbers of places along two axes.

    Attributes:
        slopes: the range of the measured slopes, [from, to].
        claims: the range of the claims and the slopes: the line where both are equal is in it.
        places: along each axis.
        agree: (n, 2) uint8, the places of what does not disagree.
        disagree: (n, 2) uint8, of what does.
        left_out: entries that have no dot: their claim or their slope is not finite, or they are
            untested.

    """

    slopes: list[float]
    claims: list[float]
    places: int
    agree: HostArray = field(repr=False)
    disagree: HostArray = field(repr=False)
    left_out: int

    def values(self, pairs: HostArray) -> tuple[HostArray, HostArray]:
        """The slopes (n,) and the claims (n,) at places (n, 2)."""
        parts = pairs / (self.places - 1)
        return tuple(  # type: ignore[return-value]
            limits[0] + parts[:, axis] * (limits[1] - limits[0])
            for axis, limits in enumerate((self.slopes, self.claims))
        )

    def to_dict(self) -> dict[str, Any]:
        """What the page needs to draw them; places in base64, two bytes for each dot."""
        return {
            "slopes": self.slopes,
            "claims": self.claims,
            "places": self.places,
            "agree": base64.b64encode(self.agree.tobytes()).decode("ascii"),
            "disagree": base64.b64encode(self.disagree.tobytes()).decode("ascii"),
            "leftOut": self.left_out,
        }


def dots(array: ArrayReport, places: int = FINEST) -> Dots:
    """The claims of an array against the measured slopes.

    Args:
        array: what was found.
        places: along each axis, 2 to 256.

    """
    told = np.isfinite(array.backprop) & np.isfinite(array.numerical)
    told &= array.verdicts != Verdict.UNTESTED
    slopes, claims = (
        np.clip(each[told], -LARGEST, LARGEST) for each in (array.numerical, array.backprop)
    )
    wrong = array.verdicts[told] == Verdict.DISAGREE
    of_slopes = _range(slopes)
    of_claims = _range(np.concatenate([claims, of_slopes])) if claims.size else of_slopes
    pairs = np.stack([_places(slopes, of_slopes, places), _places(claims, of_claims, places)], 1)
    left_out = int(np.count_nonzero(~told))
    return Dots(of_slopes, of_claims, places, _once(pairs[~wrong]), _once(pairs[wrong]), left_out)


def _range(values: HostArray) -> list[float]:
    """The least and the greatest number; around what is one number or none, a wider range."""
    if values.size == 0:
        return [-1.0, 1.0]
    least, greatest = float(np.min(values)), float(np.max(values))
    about = max(abs(least), abs(greatest)) or 1.0
    if greatest - least > LEAST_WIDTH * about:
        return [least, greatest]
    middle = least + (greatest - least) / 2
    return [middle - 0.5 * about, middle + 0.5 * about]


def _places(values: HostArray, limits: list[float], places: int) -> HostArray:
    """The place of each number in a range, (n,) uint8."""
    inside = np.clip(values, limits[0], limits[1])
    part = (inside - limits[0]) / (limits[1] - limits[0])
    whole: HostArray = np.rint(part * (places - 1)).astype(np.uint8)
    return whole


def _once(pairs: HostArray) -> HostArray:
    """Each pair once."""
    return np.unique(pairs, axis=0) if pairs.size else pairs
