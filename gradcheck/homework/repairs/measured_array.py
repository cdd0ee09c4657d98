"""What was measured of one array: a change of the code must give a gradient that fits it."""

from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.checked_array import FEW
from nets.arrays import HostArray

__all__ = ["MeasuredArray"]


@dataclass(frozen=True, eq=False)
class MeasuredArray:
    """What was measured of one array.

    Attributes:
        position: of the array in the part.
        entries: (n,) positions in the flattened array.
        slopes: (n,) measured.
        tolerance: (n,) how far a gradient may be from them.
        is_wrong: whether the claims disagree.

    """

    position: int
    entries: HostArray
    slopes: HostArray
    tolerance: HostArray
    is_wrong: bool

    def fits(self, gradient: HostArray) -> bool:
        """Whether a gradient, in the shape of the array, is the measured one."""
        claims = gradient.reshape(-1)[self.entries]
        with np.errstate(invalid="ignore"):
            off = ~(np.abs(claims - self.slopes) <= self.tolerance)
        return int(np.count_nonzero(off)) <= FEW * self.entries.size
