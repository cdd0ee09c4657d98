"""Slopes measured at entries, their noise, and where kinks lie."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import SMALLEST_EPSILON, Entries, MeasuredSlopes
from gradcheck.slopes.other_steps import narrowed, widened
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


def test_a_wider_step_has_less_noise_in_proportion() -> None:
    array = np.array([0.5, 3.0])
    _, near = measured(lambda w: (w**2).sum(), array, "forward", 2.0**-20)
    np.testing.assert_allclose(near.noise_at(np.array([0, 1]), 2.0**-15), near.noise / 32)
    assert near.noise_at(np.array([1]), 2.0**-20).tolist() == [near.noise[1]]


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


def test_no_step_is_narrowed_into_round_off() -> None:
    moves: list[float] = []

    def cost(w: HostArray) -> Any:
        moves.append(abs(float(w[0])))
        return np.maximum(w, 0.0).sum()

    measured(cost, np.array([0.0]), "forward", 2.0**-44)
    assert min(move for move in moves if move) >= SMALLEST_EPSILON


def test_entries_are_measured_by_one_engine_as_by_another() -> None:
    array = np.array([0.5, -2.0, 3.0])
    entries, _ = measured(lambda w: (w**3).sum(), array, "central")
    twice = OneByOne(lambda parameters: 2 * (parameters[0] ** 3).sum(), [array])
    some = entries.at(np.array([0, 2]))
    assert some.values.tolist() == [0.5, 3.0]
    for offset, slopes in some.by(twice).slopes(2.0**-15).items():
        np.testing.assert_allclose(slopes, 2 * some.slopes(2.0**-15)[offset], rtol=1e-9)
