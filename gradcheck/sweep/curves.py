"""The curves of error against step: one for each scheme, in each dtype."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.show.numbers import json_number
from gradcheck.slopes.schemes import SCHEMES

__all__ = ["Curve", "DtypeSweep"]


@dataclass(frozen=True)
class Curve:
    """The error of one scheme against the step, in one dtype.

    Attributes:
        scheme: its name.
        epsilons: the steps relative to max(1, |w|), from the widest to the narrowest.
        errors: for each step, the norm ratio to the reference; NaN where the cost overflowed.
        theory: u^(1 / (order + 1)), the step at which truncation h^order and round-off u / h are
            about equal; None for the complex step, which has no such round-off.

    """

    scheme: str
    epsilons: tuple[float, ...]
    errors: tuple[float, ...]
    theory: float | None

    @property
    def best(self) -> int:
        """The position of the smallest error; of several, the one with the widest step."""
        return int(np.argmin(np.nan_to_num(self.errors, nan=math.inf)))

    @property
    def best_epsilon(self) -> float:
        """The step with the smallest error."""
        return self.epsilons[self.best]

    @property
    def best_error(self) -> float:
        """The smallest error."""
        return self.errors[self.best]

    @property
    def chosen_epsilon(self) -> float:
        """The step that a check uses by default, which is always in float64."""
        return SCHEMES[self.scheme].epsilon

    @property
    def chosen_error(self) -> float | None:
        """The error at that step; None if the sweep did not try it."""
        return dict(zip(self.epsilons, self.errors, strict=True)).get(self.chosen_epsilon)

    def to_dict(self) -> dict[str, Any]:
        """The curve as plain numbers, lists and strings."""
        return {
            "scheme": self.scheme,
            "order": SCHEMES[self.scheme].order,
            "theory_epsilon": self.theory,
            "best_epsilon": self.best_epsilon,
            "best_error": json_number(self.best_error),
            "chosen_epsilon": self.chosen_epsilon,
            "chosen_error": json_number(self.chosen_error),
            "epsilons": list(self.epsilons),
            "errors": [json_number(error) for error in self.errors],
        }


@dataclass(frozen=True)
class DtypeSweep:
    """The curves of all schemes in one dtype.

    Attributes:
        dtype: the dtype in which the network was evaluated.
        unit_roundoff: u, half the distance from 1 to the next larger number of that dtype.
        curves: one for each scheme.
        backprop_error: the norm ratio of backprop in that dtype to the reference.
        reference_error: the norm ratio between the reference and a second measurement of it with
            another step. Errors smaller than this cannot be seen.
        kinked: how many sampled entries were left out because they lie at a kink, where the cost
            has no derivative.
        zero_gradient: whether the gradient is zero at every sampled entry.

    """

    dtype: str
    unit_roundoff: float
    curves: tuple[Curve, ...]
    backprop_error: float
    reference_error: float
    kinked: int
    zero_gradient: bool

    def to_dict(self) -> dict[str, Any]:
        """The curves as plain numbers, lists and strings."""
        return {
            "dtype": self.dtype,
            "unit_roundoff": self.unit_roundoff,
            "backprop_error": json_number(self.backprop_error),
            "reference_error": json_number(self.reference_error),
            "kinked": self.kinked,
            "zero_gradient": self.zero_gradient,
            "curves": [curve.to_dict() for curve in self.curves],
        }
