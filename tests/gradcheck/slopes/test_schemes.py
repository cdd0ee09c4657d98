"""Difference schemes: their coefficients, their order, their steps."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

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


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("at", [-2.0, -1.5, -0.5, 0.0, 0.5, 1.5, 2.0])
def test_vanishing_sums_see_a_kink_that_bends_the_estimate(name: str, at: float) -> None:
    scheme = SCHEMES[name]
    slopes = slopes_of(scheme, lambda w: max(w - at, 0.0), 0.0, 1.0)
    left_over = sum(abs(weighted(weights, slopes)[0]) for weights in scheme.vanishing)
    # At the entry itself every slope from 0 to 1 is one of the valid ones.
    lowest, highest = (0.0, 1.0) if at == 0 else (float(at < 0), float(at < 0))
    estimate = float(scheme.estimate(slopes)[0])
    error = max(lowest - estimate, estimate - highest, 0.0)
    assert left_over > 0.5 * error - 1e-12


@EVERY_REAL_SCHEME
def test_both_neighbours_are_always_looked_at_because_they_show_kinks(name: str) -> None:
    offsets = SCHEMES[name].perturbed_offsets
    assert {-1.0, 1.0} <= set(offsets)
    assert 0 not in offsets
    assert set(SCHEMES[name].slope_weights()) <= set(offsets)


def test_scheme_named() -> None:
    assert scheme_named("central") is SCHEMES["central"]
    with pytest.raises(BadInput, match="scheme 'simpson' is unknown; take one of forward, central"):
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
