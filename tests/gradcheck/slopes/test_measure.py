"""The first measurement: slopes, their noise, and where kinks lie."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import SMALLEST_EPSILON, Entries, MeasuredSlopes
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray, Place, place_of, to_numpy
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES

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


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_slopes_of_a_smooth_cost_lie_within_their_noise_and_truncation(
    scheme: str, where: Place
) -> None:
    array = where.put([0.5, -2.0, 3.0])
    _, found = measured(lambda w: where.namespace.sum(w * w * w), array, scheme)
    estimate = SCHEMES[scheme].estimate(found.slopes)
    assert place_of(estimate) == where
    np.testing.assert_allclose(to_numpy(estimate), [0.75, 12.0, 27.0], rtol=1e-5)
    assert not np.any(to_numpy(found.kinked))
    assert np.all(to_numpy(found.noise) > 0)


@EVERY_REAL_SCHEME
def test_a_kink_at_the_entry_is_found_with_both_slopes(scheme: str) -> None:
    _, found = measured(kinked_cost, np.array([0.0, 1.0]), scheme)
    assert found.kinked.tolist() == [True, False]
    np.testing.assert_allclose(found.slopes[-1.0][0], 0.0, atol=1e-3)
    np.testing.assert_allclose(found.slopes[1.0][0], 1.0, atol=1e-3)


@EVERY_REAL_SCHEME
def test_a_kink_beside_the_entry_is_stepped_around(scheme: str) -> None:
    step = SCHEMES[scheme].epsilon
    array = KINK_AT + np.array([step / 20, -step / 20])
    _, found = measured(kinked_cost, array, scheme)
    assert not np.any(found.kinked)
    assert np.all(found.epsilons < step)
    estimate = SCHEMES[scheme].estimate(found.slopes)
    np.testing.assert_allclose(estimate, 2 * array + [1.0, 0.0], rtol=1e-4, atol=1e-4)


@EVERY_REAL_SCHEME
def test_curvature_is_not_mistaken_for_a_kink(scheme: str) -> None:
    array = np.array([0.1, 0.0])
    _, found = measured(lambda w: (np.cos(300 * w)).sum(), array, scheme)
    assert not np.any(found.kinked)
    estimate = SCHEMES[scheme].estimate(found.slopes)
    np.testing.assert_allclose(estimate, -300 * np.sin(300 * array), rtol=1e-2, atol=1e-3)


def test_no_step_is_narrowed_into_round_off() -> None:
    moves: list[float] = []

    def cost(w: HostArray) -> Any:
        moves.append(abs(float(w[0])))
        return np.maximum(w, 0.0).sum()

    measured(cost, np.array([0.0]), "forward", 2.0**-44)
    assert min(move for move in moves if move) >= SMALLEST_EPSILON
