"""A parameter array, and what the measurement of all its entries shares."""

from dataclasses import dataclass
from functools import cached_property

from gradcheck.engines.engine import largest_size, scale_floor
from nets.arrays import Array

__all__ = ["ParameterArray"]


@dataclass(frozen=True, eq=False)
class ParameterArray:
    """A parameter array, some of whose entries are measured.

    Attributes:
        which: its position among the parameters of the engine.
        values: in any shape.
        round_off_known: whether the rounding of the checked gradient is accounted for elsewhere.
        cost_round_off: a lower bound on the rounding error of C, where one is known; else 0.

    """

    which: int
    values: Array
    round_off_known: bool = False
    cost_round_off: float = 0.0

    @cached_property
    def largest_entry(self) -> float:
        """The size of its largest entry, searched once: that may take longer than all the rest."""
        return largest_size(self.values)

    def floor(self, epsilon: float) -> float:
        """Steps are relative to this, or to the size of the entry where that is larger.

        Args:
            epsilon: the relative step of the scheme.

        """
        return scale_floor(self.largest_entry, epsilon)

    def largest_relative_entry(self, epsilon: float) -> float:
        """The size of its largest entry, relative to its scale: at most 1; 1 for zeros.

        Args:
            epsilon: the relative step of the scheme.

        """
        largest = self.largest_entry
        return largest / max(self.floor(epsilon), largest) if largest > 0.0 else 1.0
