"""Slopes measured again, with wider and with narrower steps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import Entries, MeasuredSlopes
from gradcheck.slopes.other_steps import narrowed, widened
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


def test_widened_is_kept_only_where_it_tells_more() -> None:
    # The first entry's slope drowns in the second's round-off; the third's cost is curved.
    def cost(w: HostArray) -> Any:
        return 1.0 + 1e-12 * w[0] + np.cos(30 * w[1])

    array = np.array([0.0, 0.0])
    scheme = SCHEMES["forward"]
    entries, near = measured(cost, array, "forward")
    both = np.array([0, 1])
    far = widened(entries, 1024 * scheme.epsilon, near, both)
    assert far.epsilons.tolist() == [1024 * scheme.epsilon, near.epsilons[1]]
    assert far.noise[0] == near.noise[0] / 1024
    assert far.slopes[1.0][1] == near.slopes[1.0][1]


def test_narrowed_is_kept_only_where_it_contradicts() -> None:
    # Kinks at the same distance on both sides: the slopes right and left are the same, and wrong.
    away = SCHEMES["forward"].epsilon / 2

    def cost(w: HostArray) -> Any:
        return w.sum() + np.maximum(w[0] - away, 0.0) - np.maximum(-away - w[0], 0.0)

    array = np.array([0.0, 0.0])
    entries, far = measured(cost, array, "forward")
    np.testing.assert_allclose(far.slopes[1.0], [1.5, 1.0], rtol=1e-6)
    both = np.array([0, 1])
    # Claims that no step allows: only what contradicts the wider step is then kept.
    near = narrowed(entries, far, both, np.array([9.0, 9.0]))
    np.testing.assert_allclose(near.slopes[1.0], [1.0, 1.0], rtol=1e-6)
    assert near.epsilons[0] < far.epsilons[0]
    assert near.epsilons[1] == far.epsilons[1]
