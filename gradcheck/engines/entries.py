"""Which entries of the parameter arrays are looked at, where not all are."""

from numbers import Integral

import numpy as np

from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["drawn_entries", "expect_sample", "is_whole"]


def expect_sample(sample: int | None, seed: int) -> None:
    """See that a sample and the seed of its draw can be used.

    Raises:
        BadInput: the sample is empty, or one of them is no whole number.

    """
    if sample is not None and (not is_whole(sample) or sample < 1):
        raise BadInput(f"a sample of {sample} entries tests nothing; give a whole number from 1")
    if not is_whole(seed) or seed < 0:
        raise BadInput(f"seed {seed} cannot be used; give a whole number from 0")


def is_whole(number: object) -> bool:
    """Whether it is a whole number, and neither True nor False."""
    return isinstance(number, Integral) and not isinstance(number, bool)


def drawn_entries(size: int, sample: int | None, generator: np.random.Generator) -> HostArray:
    """Positions in a flattened array of that size, ascending: all, or at most ``sample`` of them.

    >>> drawn_entries(3, 5, np.random.default_rng(0))
    array([0, 1, 2])
    """
    if sample is None or sample >= size:
        return np.arange(size)
    return np.sort(generator.choice(size, sample, replace=False))
