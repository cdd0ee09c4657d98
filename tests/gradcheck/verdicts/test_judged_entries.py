"""Entries that are measured again: wider where undecided, narrower where they disagree."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.check import check_gradients, check_network
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from nets.layers import parameter_gradients
from nets.rounding import UNIT_ROUNDOFF
from tests.gradcheck.problems import EVERY_REAL_SCHEME, EVERY_SCHEME, REAL_SCHEMES, problem


@EVERY_SCHEME
@pytest.mark.parametrize("offset", [0.0, 1.0])
def test_a_point_of_inflection_where_both_neighbours_have_the_same_slope(
    scheme: str, offset: float
) -> None:
    # No curvature there, so right and left slope are equal and yet not the derivative.
    w = np.zeros(2)
    for value in (np.sin, np.tanh):
        report = check_gradients(
            lambda p, value=value: offset + value(p[0]).sum(), [w], [np.ones(2)], scheme=scheme
        )
        assert report.counts["agree"] == 2
        wrong = check_gradients(
            lambda p, value=value: offset + value(p[0]).sum(),
            [w],
            [1.001 * np.ones(2)],
            scheme=scheme,
        )
        assert wrong.counts["disagree"] == 2


@EVERY_REAL_SCHEME
def test_a_network_that_is_all_but_perfect_is_not_accused(scheme: str) -> None:
    # At the minimum C and its rounding are far smaller than where a step leads.
    for seed in range(5):
        drawn = problem(8, 10, 3, activation="identity", seed=seed)
        targets = drawn.network.feedforward(drawn.inputs) + 1e-11
        report = check_network(drawn.network, drawn.inputs, targets, scheme=scheme)
        assert report.counts["disagree"] == 0
        assert report.comparison is not None
        assert report.comparison.ok


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point", "complex"])
@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_factor_that_is_said_to_be_seen_is_seen(
    scheme: str, which: int, sign: float, seed: int
) -> None:
    small = problem(12, 6, 3, seed=seed)
    gradients = parameter_gradients(small.network.backprop(small.inputs, small.targets))
    report = check_network(
        small.network, small.inputs, small.targets, gradients=gradients, scheme=scheme
    )
    # Of the claim itself: another backprop is rounded otherwise. So is the product here.
    gradients = [array.backprop.reshape(array.shape).copy() for array in report.arrays]
    rounding = 4.0 * UNIT_ROUNDOFF
    gradients[which] *= 1.0 + sign * (1.01 * report.arrays[which].resolution + rounding)
    wrong = check_network(
        small.network, small.inputs, small.targets, gradients=gradients, scheme=scheme
    )
    assert wrong.arrays[which].counts["disagree"] > 0


@EVERY_REAL_SCHEME
def test_a_cost_that_overflows_beside_the_point_is_not_agreed_with(scheme: str) -> None:
    w = np.array([1.0])

    def cost(parameters: list[Any]) -> float:
        return 1.0 if parameters[0][0] == 1.0 else float("inf")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = check_gradients(cost, [w], [np.array([1.0])], scheme=scheme)
    assert not report.ok


# The verdict does not depend on the claim but through the comparison


LINE = np.array([1.0, 2.0, -3.0, 0.5])


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("offset", [1e5, 1e7, 1e9, -1e9])
@pytest.mark.parametrize("which", range(4))
def test_no_narrower_step_pardons_a_flipped_sign(scheme: str, offset: float, which: int) -> None:
    w = np.array([0.3, -0.7, 1.1, 0.2])
    report = check_gradients(lambda p: offset + (LINE * p).sum(), w, LINE, scheme=scheme)
    assert report.counts["disagree"] == 0
    claim = LINE.copy()
    claim[which] *= -1.0
    wrong = check_gradients(lambda p: offset + (LINE * p).sum(), w, claim, scheme=scheme)
    assert not wrong.ok
    if report.arrays[0].verdicts[which] == Verdict.AGREE:
        assert wrong.arrays[0].verdicts[which] == Verdict.DISAGREE


def test_a_flipped_sign_below_a_cost_of_1e9_disagrees() -> None:
    w = np.array([0.3, -0.7, 1.1, 0.2])
    claim = LINE * np.array([1.0, 1.0, 1.0, -1.0])
    report = check_gradients(lambda p: 1e9 + (LINE * p).sum(), w, claim)
    assert report.arrays[0].verdicts.tolist() == [Verdict.AGREE] * 3 + [Verdict.DISAGREE]


@EVERY_REAL_SCHEME
def test_a_ripple_on_a_parabola_is_no_mistake_and_hides_none(scheme: str) -> None:
    # The slopes are right only for steps well below the ripple's length of 2 pi 1e-5.
    w = np.array([0.3, -0.8, 1.7, 0.0, 2.5])

    def cost(p: HostArray) -> Any:
        return (p**2).sum() + 1e-7 * np.sin(1e5 * p).sum()

    gradient = 2 * w + 1e-2 * np.cos(1e5 * w)
    assert check_gradients(cost, w, gradient, scheme=scheme).ok
    for wrong in (-gradient, 2 * w, 1.01 * gradient, gradient[::-1].copy()):
        assert check_gradients(cost, w, wrong, scheme=scheme).verdict is Verdict.DISAGREE


COSTS: dict[str, Any] = {
    "smooth": lambda p: np.sin(3 * p).sum() + (p**4).sum(),
    "steep": lambda p: np.sin(3e5 * p).sum(),
    "offset": lambda p: 1e6 + (p**3).sum(),
    "kinked": lambda p: np.abs(p - 0.3).sum() + np.maximum(p - 1e-7, 0.0).sum(),
    "float32": lambda p: np.float32(np.exp(p).sum()),
    "ripple": lambda p: (p**2).sum() + 1e-7 * np.sin(1e5 * p).sum(),
}


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    name=st.sampled_from(tuple(COSTS)),
    values=st.lists(st.sampled_from([-1.7, -0.4, 0.0, 0.1, 0.3, 2.0]), min_size=1, max_size=3),
    claims=st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)),
)
def test_two_wrong_claims_meet_the_same_measurement_or_a_better_one(
    scheme: str, name: str, values: list[float], claims: tuple[float, float]
) -> None:
    w = np.array(values)
    right = check_gradients(COSTS[name], w, np.zeros_like(w), scheme=scheme).arrays[0]
    first, second = (
        check_gradients(COSTS[name], w, np.full_like(w, claim), scheme=scheme).arrays[0]
        for claim in claims
    )
    for array, other in ((first, second), (second, first), (first, right)):
        same = array.numerical == other.numerical
        both_wrong = (array.verdicts == Verdict.DISAGREE) & (other.verdicts == Verdict.DISAGREE)
        # All that were accused have had the same second look.
        assert np.all(same[both_wrong])
        assert np.all(array.error_bar[both_wrong] == other.error_bar[both_wrong])


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    name=st.sampled_from(["smooth", "offset", "kinked", "ripple"]),
    values=st.lists(st.sampled_from([-1.7, -0.4, 0.0, 0.1, 0.3, 2.0]), min_size=1, max_size=3),
    exponent=st.sampled_from([-400, -60, -1, 1, 30, 300]),
    factor=st.sampled_from([1.0, 0.5, -1.0, 1.001]),
)
def test_a_cost_times_a_power_of_two_has_the_same_verdicts_and_slopes_times_that(
    scheme: str, name: str, values: list[float], exponent: int, factor: float
) -> None:
    w, scale = np.array(values), 2.0**exponent
    claim = factor * check_gradients(COSTS[name], w, w, scheme=scheme).arrays[0].numerical
    plain = check_gradients(COSTS[name], w, claim, scheme=scheme).arrays[0]
    scaled = check_gradients(
        lambda p: scale * COSTS[name](p), w, scale * claim, scheme=scheme
    ).arrays[0]
    assert scaled.numerical.tolist() == (scale * plain.numerical).tolist()
    assert scaled.error_bar.tolist() == (scale * plain.error_bar).tolist()
    assert scaled.verdicts.tolist() == plain.verdicts.tolist()


def test_a_claim_of_0_is_measured_as_well_as_any_other() -> None:
    # Rounding makes the third entry look like a kink, and close to it the cost stands still.
    large = np.array(
        [348294762.45106554, 3361529219.9110518, 569185.8072581898, 2284.0489414840804]
    )
    sizes = np.array(
        [0.565607740487097, 0.9807503099121402, 0.8251728222176247, 0.8750320362111808]
    )
    w = np.array([0.3939383568003809, -0.5240866279019979, 0.525616204517509, 0.8073236234093464])

    def cost(w: HostArray) -> Any:
        return ((sizes * np.sin(w) + large) - large).sum()

    right = sizes * np.cos(w)
    claims = np.where(np.arange(4) == 2, 0.0, right)
    report = check_gradients(cost, w, claims, scheme="central")
    assert report.arrays[0].verdicts[2] == int(Verdict.DISAGREE)
    assert check_gradients(cost, w, right, scheme="central").ok
