"""Slopes of a cost of one array, measured as a check measures them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.first_measurement import measure_slopes
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray

__all__ = ["KINK_AT", "all_entries", "kinked_cost", "measured"]

KINK_AT = np.array([0.0, 0.3])


def kinked_cost(w: HostArray) -> Any:
    return np.maximum(w - KINK_AT, 0.0).sum() + (w**2).sum()


def all_entries(cost: Callable[[Any], Any], array: Any, scheme: str) -> Entries:
    """Every entry of an array, to be measured one by one."""
    engine = OneByOne(lambda parameters: cost(parameters[0]), [array])
    return Entries.of(engine, ParameterArray(0, array), np.arange(array.size), SCHEMES[scheme])


def measured(
    cost: Callable[[Any], Any], array: Any, scheme: str, epsilon: float | None = None
) -> tuple[Entries, MeasuredSlopes]:
    """Every entry of an array, and what was measured there."""
    entries = all_entries(cost, array, scheme)
    step = epsilon or SCHEMES[scheme].epsilon
    return entries, measure_slopes(entries, step, np.random.default_rng(0))
