"""Steps that leave the domain of the cost."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.assertion import assert_gradients
from gradcheck.check import check_gradients
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from nets.errors import BadInput
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import measured

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)

# A cost of p[0], its gradient, and points so near to an edge that the first steps leave the domain.
EDGES: dict[str, tuple[Callable[[Any], Any], Callable[[float], float], list[float]]] = {
    "log": (np.log, lambda w: 1 / w, [1e-6, 1e-9, 1e-15, 1e-100, 1e-300]),
    "square root": (np.sqrt, lambda w: 0.5 / math.sqrt(w), [1e-6, 1e-9, 1e-15]),
    "entropy": (lambda w: -w * np.log(w), lambda w: -math.log(w) - 1, [1e-6, 1e-9, 1e-12]),
    "reciprocal": (lambda w: np.log(1 / w), lambda w: -1 / w, [1e-6, 1e-9, 1e-100]),
    "arccos": (
        np.arccos,
        lambda w: -1 / math.sqrt((1 - w) * (1 + w)),
        [1 - 1e-6, 1 - 1e-9, -1 + 1e-9],
    ),
    "barrier": (
        lambda w: w - 1e-3 * np.log(1 - w),
        lambda w: 1 + 1e-3 / (1 - w),
        [1 - 1e-6, 1 - 1e-9],
    ),
}
AT_EDGES = [
    pytest.param(name, w, id=f"{name} at {w!r}") for name, each in EDGES.items() for w in each[2]
]


@EVERY_REAL_SCHEME
@pytest.mark.parametrize(("name", "w"), AT_EDGES)
def test_next_to_an_edge_the_right_gradient_passes_and_gross_errors_do_not(
    scheme: str, name: str, w: float
) -> None:
    value, derivative, _ = EDGES[name]

    def cost(p: HostArray) -> Any:
        return value(p[0]) + p[1] ** 2

    point, right = np.array([w, 1.0]), np.array([derivative(w), 2.0])
    report = check_gradients(cost, point, right, scheme=scheme)
    assert report.arrays[0].verdicts.tolist() == [Verdict.AGREE, Verdict.AGREE]
    assert report.ok
    for factor in (-1.0, 0.0, 2.0, 0.5, 1.02):
        wrong = right * np.array([factor, 1.0])
        report = check_gradients(cost, point, wrong, scheme=scheme)
        assert report.arrays[0].verdicts.tolist() == [Verdict.DISAGREE, Verdict.AGREE]


def test_a_nonsensical_gradient_beside_the_edge_of_log_does_not_pass() -> None:
    def cost(p: HostArray) -> Any:
        return np.log(p[0]) + p[1] ** 2

    w = np.array([1e-9, 1.0])
    assert_gradients(cost, w, np.array([1e9, 2.0]))
    for claim in (-7e30, -1e9, 0.0, 1.0, 2e9):
        with pytest.raises(AssertionError, match=r"DISAGREE 1 of 2 entries"):
            assert_gradients(cost, w, np.array([claim, 2.0]))


@EVERY_REAL_SCHEME
def test_a_cost_that_raises_outside_of_its_domain_is_measured_inside(scheme: str) -> None:
    def cost(p: HostArray) -> float:
        return math.log(p[0]) + math.sqrt(p[1]) + math.acos(p[2])

    w = np.array([1e-9, 1e-12, 1 - 1e-9])
    right = np.array([1 / w[0], 0.5 / math.sqrt(w[1]), -1 / math.sqrt(1 - w[2] ** 2)])
    assert check_gradients(cost, w, right, scheme=scheme).ok
    assert check_gradients(cost, w, -right, scheme=scheme).counts["disagree"] == 3


@EVERY_REAL_SCHEME
def test_a_cholesky_factor_that_does_not_exist_is_an_edge_too(scheme: str) -> None:
    def cost(p: HostArray) -> Any:
        factor = np.linalg.cholesky(np.array([[1.0, p[0]], [p[0], 1.0]]))
        return 2 * np.log(np.diag(factor)).sum()

    w = np.array([1 - 1e-6])
    right = -2 * w / (1 - w**2)
    assert check_gradients(cost, w, right, scheme=scheme).ok
    assert check_gradients(cost, w, -right, scheme=scheme).counts["disagree"] == 1


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("w", [1e-100, 1e-300])
def test_a_root_that_is_lost_beside_a_cost_of_1_is_undecided(scheme: str, w: float) -> None:
    # 1 + 1e-50 is 1 in floating point: nothing at all can be said of this slope.
    for claim in (0.5 / math.sqrt(w), -0.5 / math.sqrt(w)):
        report = check_gradients(
            lambda p: np.sqrt(p[0]) + p[1] ** 2, np.array([w, 1.0]), np.array([claim, 2.0])
        )
        assert report.arrays[0].verdicts.tolist() == [Verdict.UNDECIDED, Verdict.AGREE]


@EVERY_REAL_SCHEME
def test_an_entry_at_an_edge_takes_no_sharpness_from_the_others(scheme: str) -> None:
    # Noise that is asked for beside the edge would be the curvature of the logarithm.
    def cost(p: HostArray) -> Any:
        return np.log(p[0]) + (p[1:] ** 3).sum()

    w = np.array([1e-15, 0.4, -0.7, 1.3])
    right = np.array([1e15, *(3 * w[1:] ** 2)])
    report = check_gradients(cost, w, right, scheme=scheme)
    assert report.counts["agree"] == 4
    bars = report.arrays[0].error_bar
    assert np.all(bars < 1e-5 * np.abs(right))


# Defined on one side only

# Costs whose domain ends at the very point, their points, and their slopes to the side that is
# defined.
ONE_SIDED: dict[str, tuple[Callable[[Any], Any], float, float]] = {
    "to the right": (lambda w: np.where(w >= 0, np.exp(3 * w), np.nan), 0.0, 3.0),
    "to the left": (lambda w: np.where(w <= 1, w**3, np.inf), 1.0, 3.0),
    "a power": (lambda w: np.power(w, 1.5) + 0.5 * w, 0.0, 0.5),
    "raises": (lambda w: math.sqrt(w - 2.0) ** 3 + 0.25 * w, 2.0, 0.25),
    "far out": (lambda w: np.where(w >= 1e6, 2.0 * w, np.nan), 1e6, 2.0),
}


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("name", ONE_SIDED)
def test_at_an_edge_the_slope_to_the_defined_side_counts(scheme: str, name: str) -> None:
    value, at, slope = ONE_SIDED[name]

    def cost(p: HostArray) -> Any:
        return value(p[0]) + p[1] ** 2

    w, right = np.array([at, 1.0]), np.array([slope, 2.0])
    report = check_gradients(cost, w, right, scheme=scheme)
    assert report.counts["disagree"] == 0
    assert np.isfinite(report.arrays[0].error_bar[0])
    assert abs(report.arrays[0].numerical[0] - slope) < 0.01 * slope
    assert report.arrays[0].verdicts[0] == Verdict.AGREE
    assert report.ok
    for factor in (-1.0, 0.0, 2.0, 0.5, 1.05):
        wrong = right * np.array([factor, 1.0])
        report = check_gradients(cost, w, wrong, scheme=scheme)
        assert report.arrays[0].verdicts.tolist() == [Verdict.DISAGREE, Verdict.AGREE]


@EVERY_REAL_SCHEME
def test_the_slope_to_one_side_is_exact_for_a_parabola(scheme: str) -> None:
    def cost(w: HostArray) -> Any:
        return np.where(w[0] >= 0, 5 * w[0] ** 2 + 3 * w[0] + 1, np.nan)

    _, found = measured(cost, np.array([0.0]), scheme)
    assert not found.kinked[0]
    # One step to the side has an error of 5 steps, of which nothing but rounding is left.
    assert abs(found.estimate[0] - 3.0) <= found.bars[0] <= 6 * found.noise[0] < 0.01


# Not defined on either side


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("claim", [0.0, 1.0, -7e30])
def test_where_the_cost_is_finite_at_one_point_only_nothing_passes(
    scheme: str, claim: float
) -> None:
    def cost(p: HostArray) -> Any:
        return p[1] ** 2 if p[0] == 0.5 else np.nan

    report = check_gradients(cost, np.array([0.5, 1.0]), np.array([claim, 2.0]), scheme=scheme)
    assert report.arrays[0].verdicts.tolist() == [Verdict.UNDECIDED, Verdict.AGREE]
    assert report.arrays[0].not_finite.tolist() == [True, False]
    assert report.verdict is Verdict.UNDECIDED
    assert not report.ok
    text = " ".join(str(report).split())
    assert "Not finite: the cost is NaN or infinite around parameters [0], however small" in text
    assert "the cost is not finite around 1 entry. This is not a pass." in text
    assert "Undecided:" not in text


def test_all_entries_around_which_the_cost_is_not_finite_are_counted() -> None:
    def cost(p: HostArray) -> Any:
        return (p[2:] ** 2).sum() if p[0] == p[1] == 1.0 else np.inf

    w = np.ones(4)
    report = check_gradients(cost, w, 2 * w)
    assert report.arrays[0].not_finite.tolist() == [True, True, False, False]
    assert "around parameters [0], and around 1 entry more" in " ".join(str(report).split())
    with pytest.raises(AssertionError):
        assert_gradients(cost, w, 2 * w)


# Properties


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    exponent=st.floats(-290.0, 0.0),
    power=st.sampled_from([0.5, 1.0, 1.5, -0.5]),
)
def test_powers_on_the_positive_side_are_told_right_from_wrong_at_any_distance_from_0(
    scheme: str, exponent: float, power: float
) -> None:
    w = np.array([10.0**exponent])

    def cost(p: HostArray) -> Any:
        return np.power(p[0], power) / w[0] ** power

    right = np.array([power / w[0]])
    if not np.isfinite(right[0]):
        return
    assert check_gradients(cost, w, right, scheme=scheme).ok
    for factor in (-1.0, 0.0, 1.02):
        assert check_gradients(cost, w, factor * right, scheme=scheme).counts["disagree"] == 1


@EVERY_REAL_SCHEME
def test_only_entries_at_an_edge_are_measured_again(scheme: str) -> None:
    def cost(w: HostArray) -> Any:
        return np.log(w[0]) + np.sin(w[1:]).sum()

    away, near = (measured(cost, np.array([first, 0.5, 0.7]), scheme)[1] for first in (2.0, 1e-9))
    assert near.epsilons[1:].tolist() == away.epsilons[1:].tolist()
    assert near.epsilons[0] < away.epsilons[0]


def test_a_cost_that_is_not_finite_to_begin_with_is_refused() -> None:
    with pytest.raises(BadInput, match="the cost is -inf before anything is perturbed"):
        check_gradients(
            lambda p: np.sum(np.log(p, out=np.full(1, -np.inf), where=p > 0)),
            np.zeros(1),
            np.ones(1),
        )
