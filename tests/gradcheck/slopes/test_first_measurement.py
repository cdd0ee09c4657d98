"""The first measurement: slopes, their noise, and where kinks lie."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray, Place, array_namespace, place_of, to_numpy
from nets.rounding import UNIT_ROUNDOFF
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES
from tests.gradcheck.slopes.measuring import KINK_AT, kinked_cost, measured

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_slopes_of_a_smooth_cost_lie_within_their_noise_and_truncation(
    scheme: str, where: Place
) -> None:
    array = where.put([0.5, -2.0, 3.0])
    _, found = measured(lambda w: where.namespace.sum(w * w * w), array, scheme)
    assert place_of(found.estimate) == place_of(found.bars) == where
    assert array_namespace(found.kinked) is array_namespace(found.estimate)
    error = np.abs(to_numpy(found.estimate) - [0.75, 12.0, 27.0])
    assert np.all(error <= 1e-5 * np.array([0.75, 12.0, 27.0]))
    # The complex step's last digits depend on the gradient that is checked.
    assert scheme == "complex" or np.all(error <= to_numpy(found.bars))
    assert not np.any(to_numpy(found.kinked))
    assert np.all(to_numpy(found.noise) > 0)
    assert np.all(to_numpy(found.epsilons) == SCHEMES[scheme].epsilon)


@EVERY_REAL_SCHEME
def test_a_kink_at_the_entry_is_found_with_both_slopes(scheme: str) -> None:
    _, found = measured(kinked_cost, np.array([0.0, 1.0]), scheme)
    assert found.kinked.tolist() == [True, False]
    np.testing.assert_allclose(found.lowest[0], 0.0, atol=1e-3)
    np.testing.assert_allclose(found.highest[0], 1.0, atol=1e-3)


@EVERY_REAL_SCHEME
def test_a_kink_beside_the_entry_is_stepped_around(scheme: str) -> None:
    step = SCHEMES[scheme].epsilon
    array = KINK_AT + np.array([step / 20, -step / 20])
    _, found = measured(kinked_cost, array, scheme)
    assert not np.any(found.kinked)
    assert np.all(found.epsilons < step)
    np.testing.assert_allclose(found.estimate, 2 * array + [1.0, 0.0], rtol=1e-4, atol=1e-4)


@EVERY_REAL_SCHEME
def test_curvature_is_not_mistaken_for_a_kink(scheme: str) -> None:
    array = np.array([0.1, 0.0])
    _, found = measured(lambda w: (np.cos(300 * w)).sum(), array, scheme)
    assert not np.any(found.kinked)
    wanted = -300 * np.sin(300 * array)
    np.testing.assert_allclose(found.estimate, wanted, rtol=1e-2, atol=1e-3)


def test_no_step_is_narrowed_into_round_off() -> None:
    moves: list[float] = []

    def cost(w: HostArray) -> Any:
        moves.append(abs(float(w[0])))
        return np.maximum(w, 0.0).sum()

    measured(cost, np.array([0.0]), "forward", 2.0**-44)
    assert min(move for move in moves if move) >= SMALLEST_EPSILON


@EVERY_REAL_SCHEME
def test_a_slope_is_never_less_noisy_than_one_rounding_of_its_own_change(scheme: str) -> None:
    # Only one entry of 4000 has a slope: the probes may all lie where C does not change.
    slopes = np.zeros(4000)
    slopes[1234] = 1e12
    widest = max(abs(offset) for offset in SCHEMES[scheme].perturbed_offsets)
    _, found = measured(lambda w: (slopes * w).sum(), np.full(4000, 1e-3), scheme)
    assert found.noise[1234] >= widest * UNIT_ROUNDOFF * 1e12
    assert found.noise[1234] > found.noise[0]


@EVERY_REAL_SCHEME
def test_entries_whose_costs_are_rounded_far_more_coarsely_than_those_probed(scheme: str) -> None:
    # 60 entries at which C changes a little, and steeply curved, and the rest where it is rounded
    # to its own change. The probes are the largest slopes and 4 drawn at random.
    generator = np.random.default_rng(11)
    for _ in range(20):
        w = generator.uniform(-1.0, 1.0, 60)
        steep = 10.0 ** generator.uniform(-3.0, 6.0, 60)
        report = check_gradients(
            lambda p, s=steep: (s * p**3).sum(), w, 3 * steep * w**2, scheme=scheme
        )
        assert report.counts["disagree"] == 0
