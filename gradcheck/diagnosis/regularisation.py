"""Gradients with a wrong term of regularisation: what is wrong is a multiple of the parameters."""

import math

import numpy as np

from gradcheck.diagnosis.checked_array import SHARP, CheckedArray, CheckedArrays, Explanation
from nets.arrays import HostArray

__all__ = ["regularisation_alone", "with_absolute_decay", "with_weight_decay"]

# Entries that must be wrong by a multiple of their parameters: fewer may be so by chance. Chosen.
ENOUGH = 3
# Entries for each multiple that is fitted, where there are two or three. Chosen: one entry for each
# multiple would always fit, and two more must fit as well.
ENTRIES_A_MULTIPLE = 3
# A part of a number. Numbers that differ by less are equal but for the order of a few operations,
# which changes some 1e-16 of them. Chosen, with room for sums of many terms.
ROUNDING = 1e-9


def with_weight_decay(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A gradient that contains more or less of the parameters themselves than it should.

    Args:
        array: a wrong array; its values must be known.
        all_of_them: not needed.

    """
    values = _values(array)
    if values is None:
        return None
    found = _fitted(array, [values], ENOUGH)
    if found is None:
        return None
    (decay,) = found
    if decay > 0.0:
        return Explanation(
            "weight-decay",
            f"It contains {decay:.4g} times the parameters (weight decay) too much: more than is "
            "in the cost.",
        )
    return Explanation(
        "weight-decay-missing",
        f"It lacks {-decay:.4g} times the parameters: the derivative of the regularisation in the "
        "cost is missing or too small.",
    )


def with_absolute_decay(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A gradient whose regularisation by absolute values is wrong, perhaps by squares too.

    What is wrong is then made of the parameters, their signs, and a constant.

    Args:
        array: a wrong array; its values must be known.
        all_of_them: not needed.

    """
    values = _values(array)
    if values is None:
        return None
    for terms in ([np.sign(values)], [np.sign(values), np.ones_like(values)]):
        for more in ([], [values]):
            used = [*terms, *more]
            found = _fitted(array, used, ENTRIES_A_MULTIPLE * len(used) + 1)
            if found is not None and len(np.unique(np.sign(values))) > 1:
                size = f"{abs(float(found[0])):.4g}"
                kind = "too much" if found[0] > 0.0 else "missing"
                return Explanation(
                    "wrong-regularisation",
                    f"{size} times the sign of each parameter is {kind}: check the derivative of "
                    "the regularisation by absolute values.",
                )
    return None


def regularisation_alone(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A gradient that is nothing but a multiple of the parameters.

    Args:
        array: a wrong array; its values must be known.
        all_of_them: not needed.

    """
    values = _values(array)
    if values is None or not np.all(np.isfinite(array.claimed)):
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # then it is no multiple of them
        size = float(values @ values)
        decay = float(values @ array.claimed) / size if size else 0.0
    if not math.isfinite(decay):
        return None
    told = array.sharp & (values != 0.0)
    rest = np.abs(array.claimed - decay * values)
    is_all = np.all(rest <= ROUNDING * np.max(np.abs(array.claimed)))
    if not decay or not is_all or np.count_nonzero(told) < ENOUGH:
        return None
    return Explanation(
        "wrong-regularisation",
        f"It is {decay:.4g} times the parameters and nothing else: the regularisation replaces the "
        "gradient instead of being added to it.",
    )


def _values(array: CheckedArray) -> HostArray | None:
    """The values at the entries checked, (n,); None if they are not known."""
    if array.known.values is None:
        return None
    return np.asarray(array.known.values, dtype=np.float64).reshape(-1)[array.report.entries]


def _fitted(array: CheckedArray, terms: list[HostArray], least: int) -> HostArray | None:
    """The multiples of some terms (n,) that make up what is wrong with a gradient.

    Args:
        array: a wrong array.
        terms: each of them is seen by itself: its part of what is wrong is far beyond the
            tolerance at some entries. A term that is lost in the tolerance explains nothing.
        least: how many entries there must be.

    Returns:
        None if they do not.

    """
    used = array.measured & np.isfinite(array.claimed)
    if np.count_nonzero(used) < least:
        return None
    extra = np.where(used, array.claimed - array.slopes, 0.0)
    columns = np.stack(terms, axis=1) * used[:, None]
    multiples, _, rank, _ = np.linalg.lstsq(columns, extra, rcond=None)
    if rank < len(terms):
        return None
    wrong = columns @ multiples
    enough = ENOUGH + len(terms) - 1
    for part in (wrong, *(columns * multiples).T):
        seen = array.wrong & (array.tolerance <= SHARP * np.abs(part))
        if np.count_nonzero(seen) < enough:
            return None
    if not array.is_explained(array.slopes + wrong, least=ENOUGH):
        return None
    return np.asarray(multiples)
