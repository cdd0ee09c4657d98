"""Examples that are looked at alone, beside a look at all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import MeasuredLayer
from gradcheck.homework.near import ROUNDING_ALONE
from nets.arrays import HostArray

__all__ = ["ExampleAlone", "share_of_an_example"]


@dataclass(frozen=True, eq=False)
class ExampleAlone:
    """One example alone.

    Attributes:
        look: at it.
        slopes: for each array, those of the entries that are compared, (n,).
        layers: what was measured of each layer; None where there are none.

    """

    look: Look
    slopes: Sequence[HostArray]
    layers: Sequence[MeasuredLayer] | None


def share_of_an_example(together: Look, alone: Sequence[ExampleAlone]) -> float | None:
    """The factor of the cost of each example in the cost of all.

    Args:
        together: at all k examples.
        alone: each of them.

    Returns:
        1/k for a mean, 1 for a sum, and None if it is neither.

    """
    costs = sum(each.look.engine.base_cost for each in alone)
    for share in (1.0 / len(alone), 1.0):
        if np.isclose(share * costs, together.engine.base_cost, rtol=ROUNDING_ALONE, atol=0.0):
            return share
    return None
