"""The noise at single entries, as far as a step leads."""

from typing import Any

import numpy as np
import pytest

from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.own_noise import with_own_noise
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from tests.gradcheck.slopes.measuring import all_entries

STEP = SCHEMES["forward"].epsilon


def looked_at(
    cost: Any, array: HostArray, scheme: str = "forward"
) -> tuple[MeasuredSlopes, MeasuredSlopes]:
    """Slopes with a noise of 1e-17, before and after the look at each entry's own noise."""
    entries = all_entries(cost, array, scheme)
    epsilon = SCHEMES[scheme].epsilon
    noise = 1e-17 / entries.steps(epsilon)
    before = MeasuredSlopes.of(entries.scheme, entries.slopes(epsilon), noise, epsilon)
    return before, with_own_noise(entries, before, np.arange(array.size))


def test_jumps_beyond_the_step_are_noise_of_that_entry_alone() -> None:
    # Smooth, but for a jump of 1e-12 three steps away from the second entry.
    def cost(w: HostArray) -> Any:
        return 1e-6 * w.sum() + 1e-12 * (w[1] > 0.5 + 3.0 * STEP)

    before, after = looked_at(cost, np.array([0.2, 0.5]))
    assert after.noise[0] * STEP < 1e-20 + 2 * 1e-17
    assert 1e-13 < after.noise[1] * STEP < 1e-12
    assert after.estimate.tolist() == before.estimate.tolist()


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point"])
def test_a_smooth_function_has_no_noise_however_steep(scheme: str) -> None:
    # Where the step is a good part of the way to the pole, no polynomial follows the logarithm.
    array = np.array([4.0 * SCHEMES[scheme].epsilon])
    before, after = looked_at(lambda w: np.log(w + 3.0 * array).sum(), array, scheme)
    assert after.noise[0] <= max(before.noise[0], 1e-14 / SCHEMES[scheme].epsilon)


def test_noise_that_is_known_already_stays() -> None:
    before, after = looked_at(lambda w: 1e-30 * w.sum(), np.array([0.3]))
    assert after.noise.tolist() == before.noise.tolist()


def test_points_that_the_last_digit_displaces_are_no_noise() -> None:
    # A hundred units of the last digit from the end of the domain, so that the points of a table
    # lie beside their places by up to half a percent of the way.
    array = np.array([1.0 - 2.0**-38])
    epsilon = 2.0**-45
    entries = all_entries(lambda w: np.arccos(w).sum(), array, "forward")
    each = 1e-17 / entries.steps(epsilon)
    before = MeasuredSlopes.of(entries.scheme, entries.slopes(epsilon), each, epsilon)
    after = with_own_noise(entries, before, np.arange(1))
    assert after.noise[0] < 2e-16 / epsilon
