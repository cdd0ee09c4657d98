"""What a sweep of steps found: the curves of error against step, for text, notebook and JSON."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.show.numbers import json_number
from gradcheck.slopes.schemes import SCHEMES

__all__ = ["Curve", "DtypeSweep", "StepSweep"]


@dataclass(frozen=True)
class Curve:
    """The error of one scheme against the step, in one dtype.

    Attributes:
        scheme: its name.
        epsilons: the steps relative to max(1, |w|), from the widest to the narrowest.
        errors: the norm ratio to the reference at each; NaN where the cost overflowed.
        theory: u^(1 / (order + 1)), about where truncation h^order and round-off u / h meet; None
            for the complex step, which has no round-off of that kind.

    """

    scheme: str
    epsilons: tuple[float, ...]
    errors: tuple[float, ...]
    theory: float | None

    @property
    def best(self) -> int:
        """The position of the least error; of several the one with the widest step."""
        return int(np.argmin(np.nan_to_num(self.errors, nan=math.inf)))

    @property
    def best_epsilon(self) -> float:
        """The step with the least error."""
        return self.epsilons[self.best]

    @property
    def best_error(self) -> float:
        """The least error."""
        return self.errors[self.best]

    @property
    def chosen_epsilon(self) -> float:
        """The step that a check takes, in float64, if it is not told another."""
        return SCHEMES[self.scheme].epsilon

    @property
    def chosen_error(self) -> float | None:
        """The error at that step; None if it was not among those tried."""
        return dict(zip(self.epsilons, self.errors, strict=True)).get(self.chosen_epsilon)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
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
        dtype: that the network was evaluated in.
        unit_roundoff: u, half the distance from 1 to the next number of that dtype.
        curves: one for each scheme.
        backprop_error: the norm ratio of backprop in that dtype to the reference.
        reference_error: the norm ratio of the reference to itself, measured with another step:
            smaller errors than this cannot be told.
        kinked: how many entries of the sample were left out, since a kink leaves them without a
            derivative.
        still: whether the gradient is zero at every entry of the sample.

    """

    dtype: str
    unit_roundoff: float
    curves: tuple[Curve, ...]
    backprop_error: float
    reference_error: float
    kinked: int
    still: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "dtype": self.dtype,
            "unit_roundoff": self.unit_roundoff,
            "backprop_error": json_number(self.backprop_error),
            "reference_error": json_number(self.reference_error),
            "kinked": self.kinked,
            "zero_gradient": self.still,
            "curves": [curve.to_dict() for curve in self.curves],
        }


@dataclass(frozen=True)
class StepSweep:
    """The V-shaped curves of error against step.

    Prints as tables, shows as tables in a notebook; ``to_dict`` is what ``--json`` writes.

    Attributes:
        dtypes: the curves in float64 and in float32.
        reference: the scheme that the reference was measured with, in float64.
        engine: the engine that the curves were measured with.
        parameters: how many parameters the network has.
        sampled: at how many of them the error was measured.
        left_out: schemes that do not suit the network.
        evaluations: how many times C was evaluated in all.
        seconds: how long it took.

    """

    dtypes: tuple[DtypeSweep, ...]
    reference: str
    engine: str
    parameters: int
    sampled: int
    left_out: tuple[str, ...]
    evaluations: int
    seconds: float = field(compare=False)

    @property
    def is_smooth(self) -> bool:
        """Whether the cost has no kinks: then it suits the complex step."""
        return SCHEMES[self.reference].is_complex

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "reference": self.reference,
            "engine": self.engine,
            "parameters": self.parameters,
            "sampled": self.sampled,
            "left_out": list(self.left_out),
            "evaluations": self.evaluations,
            "seconds": self.seconds,
            "dtypes": [each.to_dict() for each in self.dtypes],
        }

    def __str__(self) -> str:
        from gradcheck.show.text import plain_text
        from gradcheck.sweep.tables import sweep_parts

        return plain_text(sweep_parts(self))

    def _repr_html_(self) -> str:
        from gradcheck.show.text import html
        from gradcheck.sweep.tables import sweep_parts

        return html(sweep_parts(self))
