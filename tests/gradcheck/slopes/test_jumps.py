"""Jumps near entries: they are there however close one looks."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.slopes.jumps import Neighbourhood
from nets.arrays import HostArray
from tests.gradcheck.slopes.measuring import all_entries

AWAY = 1e-3


def jumps(cost: Any, at: float = 0.3) -> float:
    """The largest jump of a cost of one number within ``AWAY`` of it."""
    entries = all_entries(lambda w: cost(w[0]), np.array([at]), "forward")
    nearby = Neighbourhood(entries, np.array([AWAY]))
    found: HostArray = nearby.jumps(nearby.costs())
    return float(found[0])


def test_a_step_is_found_beside_a_slope() -> None:
    height = jumps(lambda w: 3.0 * w + 1e-4 * (w > 0.3 + 0.4 * AWAY))
    assert height == pytest.approx(1e-4, rel=0.01)


@pytest.mark.parametrize(
    "cost",
    [
        np.sin,
        lambda w: abs(w - (0.3 + 0.4 * AWAY)),
        lambda w: np.log(w - 0.3 + 1e-300),
        lambda w: 1.0 / (w - (0.3 + 0.37 * AWAY)),
    ],
    ids=["smooth", "kink", "edge", "pole"],
)
def test_what_is_no_step_is_none(cost: Any) -> None:
    assert jumps(cost) == 0.0


@pytest.mark.parametrize("length", [1e-8, 3e-9, 1e-9])
def test_a_cost_that_swings_to_and_fro_has_no_jump(length: float) -> None:
    starts = np.random.default_rng(0).uniform(-length, length, 40)
    assert [jumps(lambda w: np.sin(w / length), at) for at in starts] == [0.0] * 40


def test_a_claim_of_0_does_not_pass_where_units_are_far_apart() -> None:
    # Metres beside nanometres, which matter as much.
    generator = np.random.default_rng(3)
    for _ in range(30):
        units = np.array([4e3, 10.0 ** generator.uniform(-9, -8)])
        w = units * generator.normal(size=2)

        def cost(w: HostArray, units: HostArray = units) -> Any:
            return np.sin(w / units).sum()

        right = np.cos(w / units) / units
        assert check_gradients(cost, w, right, scheme="five-point").counts["disagree"] == 0
        zeroed = np.array([right[0], 0.0])
        assert not check_gradients(cost, w, zeroed, scheme="five-point").ok
