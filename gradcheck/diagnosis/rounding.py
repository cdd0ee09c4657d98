"""What rounding may change of a claim that is right."""

from dataclasses import dataclass

from gradcheck.bugs.planting import ROUND_OFF

__all__ = ["DOUBLE", "SINGLE", "Rounding"]


@dataclass(frozen=True)
class Rounding:
    """What rounding may change of a claim, so that it still counts as the chain rule's result.

    A claim is compared with the chain rule applied to earlier *claims*, so only the rounding of
    one step lies between the two. Larger values would overlook small mistakes; smaller ones would
    blame a step for the order in which it adds.

    Attributes:
        of_entry: as a part of the entry itself.
        of_largest: added to that, as a part of the largest entry of the array: what is left of a
            difference of larger numbers.
        of_array: as a part of the largest entry, where a whole backprop was computed in another
            way, and not one step alone.

    """

    of_entry: float
    of_largest: float
    of_array: float


# For claims in float64, whose unit round-off is 1.1e-16: 1e-13 is a thousand of them, for sums of
# hundreds of terms.
DOUBLE = Rounding(of_entry=ROUND_OFF, of_largest=1e-13, of_array=ROUND_OFF)
# For claims in float32, whose unit round-off is 6e-8: 16 of them, and a thousand and more for sums.
SINGLE = Rounding(of_entry=1e-6, of_largest=1e-4, of_array=1e-4)
