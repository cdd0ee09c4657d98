"""How wrong numbers compare with the right ones, in a sentence."""

import math

import numpy as np

from gradcheck.bugs.planting import ROUND_OFF
from gradcheck.show.numbers import percent_text
from nets.arrays import HostArray

__all__ = ["odd_values_text", "wrong_numbers"]

# Ratios that differ by less than this part are one factor: so far float32 keeps a factor constant.
ONE_FACTOR = 1e-6
# Ratios of claim and right value this close to 1 are better told in percent.
NEARLY_ONE = 0.01


def wrong_numbers(claim: HostArray, right: HostArray, rounding: float = ROUND_OFF) -> str:
    """What the wrong entries of a claim have in common, a sentence without its full stop.

    Args:
        claim: what is claimed.
        right: what is right, in the same shape.
        rounding: what may change of an entry that still counts as right, as a part of it.

    >>> right = np.array([1.0, 2.0, 0.0])
    >>> wrong_numbers(3.0 * right, right)
    'The wrong entries are 3 times the right value'
    >>> wrong_numbers(np.array([4.0, 9400.0, 0.0]), right)
    'The wrong entries are 4 to 4,700 times the right value (median 2,350)'

    """
    if not np.all(np.isfinite(claim)):
        return odd_values_text(claim)
    if np.array_equal(claim, right):
        return "The values are exactly what the chain rule makes of the steps before"
    if not np.any(claim):
        return "Backprop returns zero everywhere"
    negligible = ROUND_OFF * np.max(np.abs(right), initial=0.0)
    zero = np.abs(right) <= negligible
    if np.all(zero):
        largest = _number_text(float(np.max(np.abs(claim))))
        return f"Backprop gives values up to {largest} where all should be zero"
    with np.errstate(over="ignore"):  # a claim near the largest number
        ratios = claim[~zero] / right[~zero]
    if not np.all(np.isfinite(ratios)):
        largest, most = (_number_text(float(np.max(np.abs(each)))) for each in (claim, right))
        return f"Backprop gives values up to {largest} where the right ones are at most {most}"
    wrong_ratios = ratios[np.abs(ratios - 1.0) > rounding]
    filled = np.count_nonzero(np.abs(claim[zero]) > negligible)
    if wrong_ratios.size == 0 and filled:
        return "Only entries that should be nearly zero are wrong"
    if wrong_ratios.size == 0:
        return "The values are right up to rounding"
    if not np.any(wrong_ratios):
        return "The wrong entries are zero"
    if filled:
        return (
            f"{filled:,} of {np.count_nonzero(zero):,} entries that should be zero are not, and "
            f"{wrong_ratios.size:,} other entries are wrong"
        )
    return _factors_text(wrong_ratios)


def odd_values_text(claim: HostArray) -> str:
    """How many values of an array of any shape are NaN or infinite, without a full stop.

    >>> odd_values_text(np.array([1.0, np.nan, np.inf]))
    '2 of 3 values are NaN or infinite'

    """
    count = np.count_nonzero(~np.isfinite(claim))
    return f"{count:,} of {claim.size:,} values {'is' if count == 1 else 'are'} NaN or infinite"


def _factors_text(ratios: HostArray) -> str:
    """Ratios of wrong entries to right values (n,), none of them 1, as one factor or a range."""
    low, middle, high = (float(each) for each in np.quantile(ratios, [0.0, 0.5, 1.0]))
    is_one_factor = high - low <= ONE_FACTOR * abs(middle)
    if is_one_factor and abs(middle - 1.0) > 10.0 * ONE_FACTOR:
        return f"The wrong entries are {_number_text(middle, 6)} times the right value"
    furthest = max(abs(low - 1.0), abs(high - 1.0))
    if furthest < NEARLY_ONE:
        return f"The wrong entries are off by up to {percent_text(furthest)}"
    return (
        f"The wrong entries are {_number_text(low)} to {_number_text(high)} times the right value "
        f"(median {_number_text(middle)})"
    )


def _number_text(value: float, digits: int = 3) -> str:
    """A number such as 4,700 or 9.92, with an exponent only if it is extreme.

    It has so many digits that count, and more if it would look like 1 without being 1.
    """
    text = f"{value:.{digits}g}"
    if value == 0.0 or not 1e-4 <= abs(value) < 1e9:
        return text
    rounded = float(text)
    if rounded == 1.0 != value:
        return _number_text(value, digits + 1)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
