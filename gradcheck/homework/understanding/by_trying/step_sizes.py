"""What the sizes of steps show: whether they are plain, and in proportion to the learning rate."""

from collections.abc import Sequence

import numpy as np

from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from nets.arrays import HostArray

__all__ = ["expect_plain_steps", "one_size", "same_steps"]

# Steps are in proportion to the rate if claims at two rates differ by less than this part of the
# largest entry: far more than rounding, far less than the effect of weights that move in between.
PROPORTIONAL = 1e-7
# A part. All entries of a step have one size if they differ by less than this, as with an optimiser
# such as Adam: its first step has the size of the rate everywhere. Chosen.
ONE_SIZE = 1e-3


def expect_plain_steps(name: str, steps: Sequence[HostArray]) -> None:
    """Check that steps are not those of an optimiser such as Adam.

    Args:
        name: of what makes the steps, for the message.
        steps: of each array, in its shape.

    Raises:
        NoGradient: all of them have one size.

    """
    if one_size(steps):
        raise NoGradient(
            f"All steps of {name} have the same size, as those of Adam have; to be checked it "
            "should make plain steps, the rate times the gradient"
        )


def one_size(steps: Sequence[HostArray]) -> bool:
    """Whether all entries of a step have one size, as those of an optimiser such as Adam have.

    Args:
        steps: of each array, in its shape.

    """
    sizes = np.abs(np.concatenate([each.reshape(-1) for each in steps]))
    moved = sizes[sizes > 0.0]
    return moved.size > 4 and bool(np.ptp(moved) < ONE_SIZE * np.max(moved))


def same_steps(one: Sequence[HostArray], other: Sequence[HostArray]) -> bool:
    """Whether steps differ by no more than rounding.

    Args:
        one: the steps of each array, in its shape.
        other: the same at another learning rate, over that rate.

    """
    largest = max(float(np.max(np.abs(each))) for each in one)
    return all(
        bool(np.all(np.abs(a - b) <= PROPORTIONAL * largest))
        for a, b in zip(one, other, strict=True)
    )
