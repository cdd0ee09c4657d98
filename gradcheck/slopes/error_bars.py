"""How wrong a measured slope may be: what its scheme leaves out, and where a kink lies."""

from functools import reduce
from operator import add

from gradcheck.engines.engine import Offset
from gradcheck.slopes.schemes import Scheme, weighted
from nets.arrays import Array, array_namespace

__all__ = ["BARS_ALLOWED", "KINK_IN_SLOPE", "extremes", "looks_kinked", "truncation"]

BARS_ALLOWED = 2.0


# What is left of the sums is the first term of a series; this leaves room for the next ones.
TRUNCATION_SLACK = 1.25


# A kink is suspected where truncation would have to be this many times the noise, beside this part
# of the slope itself.
KINK_IN_NOISE = 8.0


KINK_IN_SLOPE = 1e-3


def extremes(slopes: dict[Offset, Array]) -> tuple[Array, Array]:
    """The least and the greatest slope at each entry, each (n,)."""
    first, *rest = slopes.values()
    xp = array_namespace(first)
    lowest = highest = first
    for slope in rest:
        lowest, highest = xp.minimum(lowest, slope), xp.maximum(highest, slope)
    return lowest, highest


def truncation(scheme: Scheme, slopes: dict[Offset, Array]) -> Array:
    """The estimated truncation error at each entry, (n,); large where there is a kink."""
    first = next(iter(slopes.values()))
    xp = array_namespace(first)
    left_over = [xp.abs(weighted(weights, slopes)) for weights in scheme.vanishing]
    return TRUNCATION_SLACK * reduce(add, left_over) if left_over else xp.zeros_like(first)


def looks_kinked(scheme: Scheme, slopes: dict[Offset, Array], slope_noise: Array) -> Array:
    """Whether the slopes differ so much that a kink must be suspected, (n,) bool."""
    lowest, highest = extremes(slopes)
    xp = array_namespace(lowest)
    size = xp.maximum(xp.abs(lowest), xp.abs(highest))
    return truncation(scheme, slopes) > KINK_IN_NOISE * slope_noise + KINK_IN_SLOPE * size
