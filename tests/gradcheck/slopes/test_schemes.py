"""Difference schemes: their coefficients, their order, their steps."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.check import check_gradients
from gradcheck.engines.engine import Offset
from gradcheck.slopes.schemes import (
    SCHEMES,
    Scheme,
    checked_epsilon,
    scheme_named,
    weighted,
)
from nets.arrays import HostArray
from nets.errors import BadInput
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES

EVERY_SCHEME = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
EVERY_REAL_SCHEME = pytest.mark.parametrize("name", REAL_SCHEMES)


def slopes_of(
    scheme: Scheme, function: Callable[[Any], Any], w: float, h: float
) -> dict[Offset, HostArray]:
    """The slope seen from w at each offset that the scheme perturbs by."""
    return {
        offset: np.asarray([((function(w + offset * h) - function(w)) / (offset * h)).real])
        for offset in scheme.perturbed_offsets
    }


def test_the_schemes_are_these() -> None:
    assert tuple(SCHEMES) == SCHEME_NAMES
    assert {name: scheme.order for name, scheme in SCHEMES.items()} == {
        "forward": 1,
        "central": 2,
        "five-point": 4,
        "complex": 2,
    }
    assert all(scheme.name == name for name, scheme in SCHEMES.items())
    assert [name for name, scheme in SCHEMES.items() if scheme.is_complex] == ["complex"]


def test_forward_is_equation_46() -> None:
    forward = SCHEMES["forward"]
    assert (forward.offsets, forward.coefficients) == ((0.0, 1.0), (-1.0, 1.0))


@EVERY_SCHEME
def test_slope_weights_sum_to_1(scheme: Scheme) -> None:
    assert math.isclose(sum(scheme.slope_weights().values()), 1.0, rel_tol=1e-15)


@EVERY_REAL_SCHEME
def test_coefficients_sum_to_0_so_that_the_cost_itself_drops_out(name: str) -> None:
    assert abs(sum(SCHEMES[name].coefficients)) < 1e-16


@EVERY_SCHEME
@pytest.mark.parametrize("w", [-3.0, 0.0, 2.0])
@pytest.mark.parametrize("h", [0.25, 1.0])
def test_exact_on_polynomials_up_to_its_order_and_no_further(
    scheme: Scheme, w: float, h: float
) -> None:
    for degree in range(scheme.order + 1):
        slopes = slopes_of(scheme, np.polynomial.Polynomial.basis(degree), w, h)
        derivative = degree * w ** (degree - 1) if degree else 0.0
        np.testing.assert_allclose(scheme.estimate(slopes), derivative, rtol=1e-13, atol=1e-12)
    beyond = slopes_of(scheme, np.polynomial.Polynomial.basis(scheme.order + 1), w, h)
    derivative = (scheme.order + 1) * w**scheme.order
    assert abs(scheme.estimate(beyond)[0] - derivative) > h**scheme.order / 10


@EVERY_SCHEME
def test_the_error_falls_with_the_order(scheme: Scheme) -> None:
    far, near = (
        abs(scheme.estimate(slopes_of(scheme, np.exp, 0.3, h))[0] - math.exp(0.3))
        for h in (2.0**-4, 2.0**-5)
    )
    assert math.isclose(math.log2(far / near), scheme.order, abs_tol=0.1)


@EVERY_REAL_SCHEME
def test_vanishing_sums_vanish_on_straight_lines(name: str) -> None:
    scheme = SCHEMES[name]
    assert scheme.vanishing
    for weights in scheme.vanishing:
        assert set(weights) <= set(scheme.perturbed_offsets)
        assert float(sum(Fraction(weight) for weight in weights.values())) == pytest.approx(0)
        line = {offset: np.array([-2.5]) for offset in weights}
        assert abs(weighted(weights, line)[0]) < 1e-15


# What the vanishing sums leave of a smooth cost falls with these powers of the step.
VANISHING_ORDERS = {"forward": (1,), "central": (2, 3), "five-point": (4, 5)}


@EVERY_REAL_SCHEME
def test_vanishing_sums_vanish_at_their_order_and_no_faster(name: str) -> None:
    scheme = SCHEMES[name]
    for weights, order in zip(scheme.vanishing, VANISHING_ORDERS[name], strict=True):
        assert order >= scheme.order
        # C = w^(k+1) has slopes (offset)^k at 0: the sum is what it leaves of order k.
        left_over = [
            sum(
                Fraction(weight).limit_denominator(1000) * Fraction(int(offset.real)) ** power
                for offset, weight in weights.items()
            )
            for power in range(order + 1)
        ]
        assert left_over[:-1] == [0] * order
        assert left_over[-1] != 0


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    at=st.floats(-2.0, 2.0),
    rate=st.floats(0.25, 2.0),
    h=st.sampled_from([2.0**-3, 2.0**-4, 2.0**-5]),
)
def test_vanishing_sums_bound_the_error_of_a_smooth_cost(
    scheme: str, at: float, rate: float, h: float
) -> None:
    chosen = SCHEMES[scheme]
    slopes = slopes_of(chosen, lambda w: np.exp(rate * w), at, h)
    error = abs(float(chosen.estimate(slopes)[0]) - rate * math.exp(rate * at))
    left_over = sum(abs(weighted(weights, slopes)[0]) for weights in chosen.vanishing)
    rounding = 1e-15 * math.exp(rate * (at + 1.0)) / h
    assert error <= 1.25 * left_over + rounding
    # And it stays of the size of the error: no more than 8 times it.
    assert left_over <= 8.0 * error + rounding


def test_the_five_point_scheme_sees_errors_that_the_central_one_does_not() -> None:
    w = np.array([0.3, 1.0, -0.7])

    def agreeing(scheme: str, part: float) -> int:
        claim = (1.0 + part) * np.cos(w)
        return check_gradients(lambda p: np.sin(p).sum(), w, claim, scheme=scheme).counts["agree"]

    for scheme in ("central", "five-point"):
        assert agreeing(scheme, 0.0) == 3
        for part in (1e-4, 1e-6, -1e-7):
            assert agreeing(scheme, part) == 0
    assert agreeing("five-point", 1e-8) == agreeing("five-point", -1e-8) == 0
    assert agreeing("five-point", 1e-10) == 0
    assert agreeing("central", 1e-10) == 3


@EVERY_REAL_SCHEME
def test_both_neighbours_are_always_looked_at_because_they_show_kinks(name: str) -> None:
    offsets = SCHEMES[name].perturbed_offsets
    assert {-1.0, 1.0} <= set(offsets)
    assert 0 not in offsets
    assert set(SCHEMES[name].slope_weights()) <= set(offsets)


def test_scheme_named() -> None:
    assert scheme_named("central") is SCHEMES["central"]
    with pytest.raises(BadInput, match="scheme 'simpson' is unknown; use one of forward, central"):
        scheme_named("simpson")


@EVERY_SCHEME
def test_without_an_epsilon_the_scheme_takes_its_own(scheme: Scheme) -> None:
    assert checked_epsilon(scheme, None) == scheme.epsilon
    assert checked_epsilon(scheme, 1e-10) == 1e-10


@EVERY_SCHEME
@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.nan, math.inf, -math.inf])
def test_an_epsilon_that_is_no_step(scheme: Scheme, epsilon: float) -> None:
    with pytest.raises(BadInput, match=f"epsilon {epsilon} is no step; give a positive number"):
        checked_epsilon(scheme, epsilon)


@pytest.mark.parametrize("epsilon", [1e-200, 1e-3])
def test_an_epsilon_that_does_not_suit_the_complex_step(epsilon: float) -> None:
    with pytest.raises(BadInput, match=f"epsilon {epsilon} does not suit the complex step"):
        checked_epsilon(SCHEMES["complex"], epsilon)
