"""Which entries of the parameter arrays are checked, where not all of them are."""

import numpy as np

from nets.arrays import HostArray
from nets.errors import BadInput, in_one_line, is_whole

__all__ = ["drawn_entries", "expect_sample"]


def expect_sample(sample: int | None, seed: int) -> None:
    """Check that the size of a sample and the seed of its draw can be used.

    Args:
        sample: how many entries of each array are checked; None for all.
        seed: of the random draw.

    Raises:
        BadInput: the sample is not a whole number from 1, or the seed not a whole number from 0.

    """
    if sample is not None and (not is_whole(sample) or sample < 1):
        raise BadInput(
            f"a sample of {in_one_line(sample)} entries tests nothing; give a whole number from 1"
        )
    if not is_whole(seed) or seed < 0:
        raise BadInput(f"seed {in_one_line(seed)} cannot be used; give a whole number from 0")


def drawn_entries(size: int, sample: int | None, generator: np.random.Generator) -> HostArray:
    """Draw which entries of an array are checked.

    Args:
        size: how many entries the array has.
        sample: how many to draw; None for all.
        generator: draws them, each at most once.

    Returns:
        (n,) positions in the flattened array, ascending; n is the smaller of size and sample.

    >>> drawn_entries(3, 5, np.random.default_rng(0))
    array([0, 1, 2])

    """
    if sample is None or sample >= size:
        return np.arange(size, dtype=np.intp)
    # The draw is in 64 bits on every machine; positions are of the machine's own size.
    return np.sort(generator.choice(size, sample, replace=False)).astype(np.intp)
