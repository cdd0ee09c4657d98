"""Slopes measured at entries, their noise, and where kinks lie."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import Entries, MeasuredSlopes
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)
KINK_AT = np.array([0.0, 0.3])


def measured(
    cost: Callable[[Any], Any], array: Any, scheme: str, epsilon: float | None = None
) -> tuple[Entries, MeasuredSlopes]:
    """Every entry of an array, and what was measured there."""
    engine = OneByOne(lambda parameters: cost(parameters[0]), [array])
    entries = Entries(engine, 0, array, np.arange(array.size), SCHEMES[scheme])
    step = epsilon or SCHEMES[scheme].epsilon
    return entries, measure_slopes(entries, step, np.random.default_rng(0))


def kinked_cost(w: HostArray) -> Any:
    return np.maximum(w - KINK_AT, 0.0).sum() + (w**2).sum()


def test_a_wider_step_has_less_noise_in_proportion() -> None:
    array = np.array([0.5, 3.0])
    _, near = measured(lambda w: (w**2).sum(), array, "forward", 2.0**-20)
    np.testing.assert_allclose(near.noise_at(np.array([0, 1]), 2.0**-15), near.noise / 32)
    assert near.noise_at(np.array([1]), 2.0**-20).tolist() == [near.noise[1]]


def test_entries_are_measured_by_one_engine_as_by_another() -> None:
    array = np.array([0.5, -2.0, 3.0])
    entries, _ = measured(lambda w: (w**3).sum(), array, "central")
    twice = OneByOne(lambda parameters: 2 * (parameters[0] ** 3).sum(), [array])
    some = entries.at(np.array([0, 2]))
    assert some.values.tolist() == [0.5, 3.0]
    for offset, slopes in some.by(twice).slopes(2.0**-15).items():
        np.testing.assert_allclose(slopes, 2 * some.slopes(2.0**-15)[offset], rtol=1e-9)
