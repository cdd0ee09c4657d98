"""How much rounding moves a measured slope: the noise of the cost, divided by the step."""

import math
from collections.abc import Sequence

from gradcheck.slopes.cost_change_to_slope import Entries, Step
from gradcheck.slopes.noise import MeasuredNoise, measured_noise
from gradcheck.slopes.parameter_array import ParameterArray
from nets.arrays import Array, array_namespace
from nets.rounding import UNIT_ROUNDOFF

__all__ = ["noise_of", "noise_of_cost"]

# Complex step: its slope is a sum of rounded products. An entry whose own slope is small may have
# lost this many units of round-off of the largest slope in its array, that is 7e-12 of it. The
# campaign in tests/benchmarks/verdicts has no false alarm with it.
COMPLEX_ROUNDOFF = 2**16
# Complex step: for each unit of w a slope is at least as uncertain as this many roundings of C,
# because the sums behind the slope are as long as those behind C. Chosen, with the same campaign.
COST_ROUNDINGS = 16.0
# A cost C near 0 is the square of differences of size sqrt(C) between numbers around 1. Rounding
# those numbers changes such a difference, and with it the slope, by u / sqrt(C) of itself. This
# many roundings are allowed for. Chosen: each number and each difference is rounded once or twice.
DIFFERENCE_ROUNDINGS = 4.0
# Costs below this count as this: C can be 0 by chance, as where an odd function crosses 0. Chosen:
# the differences are then 1e-10, and only 6 of their 16 digits are left.
SMALLEST_COST = 1e-20
# Decimal digits. A cost that did not move counts as rounded if it has at most so many. A cost has
# about 16 digits: that the last 6 are all zeros by chance happens once in a million times.
MOST_DIGITS = 10
# Complex step: the slope's noise is at least this, because Im C = h * slope with h around 1e-20
# leaves the range of float64's normal numbers, 2e-308, below it.
COMPLEX_UNDERFLOW = 1e-280


def noise_of(
    entries: Entries, found: MeasuredNoise, epsilon: Step, largest_slopes: Sequence[float]
) -> Array:
    """The noise (n,) of the slopes at entries: its standard deviation, the same kind for all.

    Args:
        entries: the n whose slopes they are.
        found: the noise of the cost, measured at some entries of the same arrays.
        epsilon: the relative step of the slopes; one for all, or (n,).
        largest_slopes: (arrays,) of each array, the largest of the slopes in size.

    """
    each = zip(entries.arrays, found.sizes.tolist(), largest_slopes, strict=True)
    cost = abs(entries.engine.base_cost)
    if entries.scheme.is_complex:
        noise = [_noise_of_complex_step(cost, *one) for one in each]
        return array_namespace(entries.values).zeros_like(entries.values) + entries.spread(noise)
    noise = [_noise_of_cost(cost, array, size) for array, size, _ in each]
    return entries.spread(noise) / entries.steps(epsilon)


def _noise_of_cost(cost: float, array: ParameterArray, measured: float) -> float:
    """The noise of C of that size, as it was measured at an array, or at least rounding."""
    # A cost that never moved shows no noise: then it is taken to come from numbers around 1, or to
    # be rounded to the few digits that it has.
    least = UNIT_ROUNDOFF * cost
    if not measured:
        least = max(least, UNIT_ROUNDOFF, _last_digit(cost))
    return max(measured, least, array.cost_round_off)


def _last_digit(cost: float) -> float:
    """The unit of the last decimal digit of a cost with few digits, such as 0.01 for 12.34; else 0.

    >>> _last_digit(12.34), _last_digit(1.0 / 3.0)
    (0.01, 0.0)
    """
    for digits in range(MOST_DIGITS):
        if cost > 0.0 and float(f"{cost:.{digits}e}") == cost:
            return float(f"1e{math.floor(math.log10(cost)) - digits}")
    return 0.0


def _noise_of_complex_step(
    cost: float, array: ParameterArray, measured: float, largest_slope: float
) -> float:
    """The noise of the complex step: it subtracts nothing, so only the slope is rounded."""
    noise = max(measured, COMPLEX_UNDERFLOW)
    if array.round_off_known:
        return noise
    near_zero = DIFFERENCE_ROUNDINGS / math.sqrt(max(cost, SMALLEST_COST))
    lost = (COMPLEX_ROUNDOFF + near_zero) * largest_slope
    return max(noise, UNIT_ROUNDOFF * max(lost, COST_ROUNDINGS * cost))


def noise_of_cost(probes: Entries) -> MeasuredNoise:
    """The noise that is measured around some entries, and where the widest step leads."""
    widest = max(abs(offset) for offset in probes.scheme.perturbed_offsets)
    return measured_noise(probes, widest * probes.scheme.epsilon)
