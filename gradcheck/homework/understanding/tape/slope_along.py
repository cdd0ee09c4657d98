"""Whether the gradients of an operator are its slope along one random direction: a quick look.

An error in any entry changes the slope along a random direction. So two costs tell whether all
entries can be right; the full check then measures only the operators that are in doubt.
"""

import numpy as np

from gradcheck.homework.contract import Part

__all__ = ["CLEAR", "CLOSE", "distance_from_slope"]

# The step along the direction, of inputs near 1. With central differences and about 16 digits its
# error is near 1e-10 of the cost.
STEP = 1e-5
# Distances up to this one are errors of the slope. An engine of float32 may be further away, and
# then the full check decides on it.
CLOSE = 1e-7
# From here on a distance is no matter of rounding, not even in float32: 6e-8 of the cost, divided
# by the step, is below 1e-2.
CLEAR = 0.05


def distance_from_slope(part: Part) -> float:
    """How far the claims of a part are from its slope along a random direction.

    Returns:
        The distance, relative to the cost and the claims; 0 where the cost is no number, as the
        logarithm of a negative number; infinity where only the claims are none.

    Raises:
        StudentError: the student's code raised something.

    """
    values = part.values
    generator = np.random.default_rng(6)
    ways = [generator.standard_normal(value.shape) for value in values]
    with np.errstate(all="ignore"):
        up, down = (
            part.cost.at([value + step * way for value, way in zip(values, ways, strict=True)])
            for step in (STEP, -STEP)
        )
        if not np.isfinite(up) or not np.isfinite(down):
            return 0.0
        claims = part.claims_at(values)[0].arrays
        claimed = sum(float(np.sum(claim * way)) for claim, way in zip(claims, ways, strict=True))
        size = abs(up) + sum(float(np.sum(np.abs(claim))) for claim in claims)
        distance = abs((up - down) / (2.0 * STEP) - claimed) / (1.0 + size)
    return float(distance) if np.isfinite(distance) else np.inf
