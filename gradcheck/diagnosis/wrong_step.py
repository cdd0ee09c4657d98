"""A wrong step of a backprop, and what is known of it."""

from dataclasses import dataclass

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.planting import Bug
from nets.arrays import HostArray

__all__ = ["WrongStep"]


@dataclass(frozen=True, eq=False)
class WrongStep:
    """The first wrong step of a backprop.

    Attributes:
        step: its layer and its name.
        how: how it was found, a sentence without its full stop.
        claim: an array that shows the mistake; the result of the step where that is known.
        right: what the claim should have been, in the same shape.
        mistake: the likely mistake; None if no mistake of the zoo explains the numbers.
        is_certain: whether the mistake is in this step. If not, it is there or on the way from the
            layer downstream.

    """

    step: BackpropStep
    how: str
    claim: HostArray
    right: HostArray
    mistake: Bug | None = None
    is_certain: bool = True
