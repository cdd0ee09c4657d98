"""Slopes measured again, with wider and with narrower steps."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.kinks import told_from_kinks
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again
from gradcheck.slopes.other_steps import NARROWER, NARROWER_AT_KINK, narrowed, widened
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import measured

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)
FORWARD = SCHEMES["forward"].epsilon


def test_widened_is_kept_only_where_it_tells_more() -> None:
    # The first entry's slope drowns in the second's round-off; the second's cost is curved.
    def cost(w: HostArray) -> Any:
        return 1.0 + 1e-12 * w[0] + np.cos(30 * w[1])

    entries, near = measured(cost, np.array([0.0, 0.0]), "forward")
    far = widened(entries, 1024 * FORWARD, near)
    assert far.epsilons.tolist() == [1024 * FORWARD, near.epsilons[1]]
    assert far.noise[0] == near.noise[0] / 1024
    assert far.estimate[1] == near.estimate[1]
    assert far.bars[0] < near.bars[0]


def test_a_wider_step_that_contradicts_the_first_is_not_kept() -> None:
    # A ripple over which the wider step averages: its bar is smaller, and its slope is wrong.
    length = 512 * FORWARD
    w = np.array([0.2 * length])

    def cost(p: HostArray) -> Any:
        return 1e-6 * p.sum() + length * np.sin(2 * np.pi * p / length).sum() + 1e7

    entries, near = measured(cost, w, "forward")
    far = widened(entries, 1024 * FORWARD, near)
    assert far.epsilons.tolist() == near.epsilons.tolist()
    assert far.estimate.tolist() == near.estimate.tolist()


def test_a_wider_step_that_reaches_a_kink_is_not_kept() -> None:
    def cost(p: HostArray) -> Any:
        return 1e5 + p.sum() + np.maximum(p - 100 * FORWARD, 0.0).sum()

    entries, near = measured(cost, np.array([0.0]), "forward")
    far = widened(entries, 1024 * FORWARD, near)
    assert far.epsilons.tolist() == near.epsilons.tolist()


def test_narrowed_is_kept_where_it_contradicts() -> None:
    # Kinks at the same distance on both sides: the slopes right and left are the same, and wrong.
    away = FORWARD / 2

    def cost(w: HostArray) -> Any:
        return w.sum() + np.maximum(w[0] - away, 0.0) - np.maximum(-away - w[0], 0.0)

    entries, far = measured(cost, np.array([0.0, 0.0]), "forward")
    np.testing.assert_allclose(far.estimate, [1.5, 1.0], rtol=1e-6)
    near = narrowed(entries, FORWARD / NARROWER, far, np.array([0, 1]))
    np.testing.assert_allclose(near.estimate, [1.0, 1.0], rtol=1e-6)
    assert near.epsilons.tolist() == [FORWARD / NARROWER, FORWARD]
    # It is the better one, though its bar is wider: the other's was too small.
    assert near.bars[0] > far.bars[0]


def test_a_noisier_slope_that_contradicts_nothing_is_not_kept() -> None:
    def cost(p: HostArray) -> Any:
        return 1e6 + (p**3).sum()

    entries, far = measured(cost, np.array([0.4, -1.3]), "forward")
    for narrower in (NARROWER, NARROWER_AT_KINK):
        near = narrowed(entries, FORWARD / narrower, far, np.array([0, 1]))
        assert near.epsilons.tolist() == far.epsilons.tolist()
        assert near.estimate.tolist() == far.estimate.tolist()


def test_a_smaller_error_bar_is_enough() -> None:
    # Steeply curved, so that the truncation is all of the bar.
    entries, far = measured(lambda p: np.exp(3e3 * p).sum() / 3e3, np.array([0.0]), "forward")
    near = narrowed(entries, FORWARD / NARROWER, far, np.array([0]))
    assert near.bars[0] < far.bars[0]
    assert near.epsilons[0] == FORWARD / NARROWER
    assert abs(near.estimate[0] - 1.0) < abs(far.estimate[0] - 1.0)


def measured_there(entries: Entries, known: MeasuredSlopes, epsilon: float) -> MeasuredSlopes:
    """The same entries as the scheme's own step sees them, without a closer look."""
    return measured_again(entries, known, np.arange(len(entries.entries)), epsilon)


@EVERY_REAL_SCHEME
def test_a_kink_that_is_alone_keeps_its_slopes_and_one_of_several_does_not(scheme: str) -> None:
    epsilon = SCHEMES[scheme].epsilon
    beside = epsilon / 8**4

    def cost(p: HostArray) -> Any:
        return np.abs(p).sum() + np.maximum(p[1] - beside, 0.0)

    entries, near = measured(cost, np.array([0.0, 0.0]), scheme)
    far = told_from_kinks(entries, epsilon, measured_there(entries, near, epsilon))
    assert far.kinked.tolist() == [True, True]
    assert far.highest[1] > 1.5
    again = narrowed(entries, far.epsilons / NARROWER_AT_KINK, far, np.array([0, 1]))
    for found in (near, again):  # the first measurement looks from nearer by itself
        assert found.epsilons[0] == far.epsilons[0]
        assert found.epsilons[1] < far.epsilons[1]
        assert found.kinked.tolist() == [True, True]
        assert found.highest.tolist() == pytest.approx([1.0, 1.0], rel=1e-3)


def test_what_is_not_finite_is_never_kept() -> None:
    def cost(p: HostArray) -> Any:
        return p.sum() if abs(float(p[0])) in (0.0, FORWARD) else np.inf

    entries, far = measured(cost, np.array([0.0]), "forward")
    assert np.isfinite(far.bars[0])
    near = narrowed(entries, FORWARD / NARROWER, far, np.array([0]))
    assert near.epsilons.tolist() == far.epsilons.tolist()


COSTS: dict[str, Any] = {
    "smooth": lambda p: np.sin(3 * p).sum(),
    "steep": lambda p: np.sin(3e5 * p).sum(),
    "offset": lambda p: 1e6 + (p**3).sum(),
    "float32": lambda p: np.float32(np.exp(p).sum()),
    "ripple": lambda p: (p**2).sum() + 1e-7 * np.sin(1e5 * p).sum(),
}


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    name=st.sampled_from(tuple(COSTS)),
    w=st.floats(-2.0, 2.0),
    factor=st.sampled_from([2.0**-12, 2.0**-9, 2.0**-3, 2.0**4, 2.0**8]),
)
def test_a_measurement_is_replaced_by_a_sharper_one_or_where_it_was_contradicted(
    scheme: str, name: str, w: float, factor: float
) -> None:
    entries, first = measured(COSTS[name], np.array([w]), scheme)
    step = factor * SCHEMES[scheme].epsilon
    again: MeasuredSlopes
    if factor > 1.0:
        again = widened(entries, step, first)
        assert again.bars[0] <= first.bars[0]
    else:
        again = narrowed(entries, step, first, np.array([0]))
        gap = abs(again.estimate[0] - first.estimate[0])
        contradicted = gap > again.bars[0] + max(again.bars[0], first.bars[0])
        assert again.bars[0] <= first.bars[0] or contradicted
