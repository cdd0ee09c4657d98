"""Costs that drop the imaginary part are refused under the complex step."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from nets.errors import BadInput


@pytest.mark.parametrize(
    "cost",
    [lambda p: np.abs(p[0]) ** 2 + p[1] ** 2, lambda p: np.vdot(p, p)],
    ids=["abs", "vdot"],
)
def test_a_cost_that_drops_the_imaginary_part_is_not_for_the_complex_step(cost: Any) -> None:
    with pytest.raises(
        BadInput, match=r"at parameters \[0\] real steps give another slope.*not analytic.*central"
    ):
        check_gradients(cost, np.array([2.0, 3.0]), np.array([4.0, 6.0]), scheme="complex")


def test_a_cost_that_does_not_move_at_all_is_no_such_cost() -> None:
    report = check_gradients(
        lambda p: p[0] ** 2, np.array([2.0, 3.0]), np.array([4.0, 1.0]), scheme="complex"
    )
    assert report.counts["disagree"] == 1


def test_a_cost_that_stays_real_under_the_complex_step() -> None:
    with pytest.raises(BadInput, match="came out real, so the complex step cannot be used; use"):
        check_gradients(lambda p: np.abs(p[0]).sum(), [np.ones(2)], [np.ones(2)], scheme="complex")


NOT_ANALYTIC: dict[str, tuple[Any, Any]] = {
    "x abs(x)": (lambda p: (p * np.abs(p)).sum(), lambda w: 2 * np.abs(w)),
    "x conj(x)": (lambda p: (p * np.conj(p)).sum(), lambda w: 2 * w),
    "x^2 conj(x)": (lambda p: (p * p * np.conj(p)).sum(), lambda w: 3 * w * w),
    "conj(x)": (lambda p: np.conj(p).sum(), lambda w: np.ones_like(w)),
}


@pytest.mark.parametrize("name", NOT_ANALYTIC)
@pytest.mark.parametrize("w", [[0.7, 2.0], [-3.0, 0.5], [1e-3, -1e3]])
def test_a_cost_that_bends_the_imaginary_part_is_refused_with_its_right_gradient(
    name: str, w: list[float]
) -> None:
    cost, gradient = NOT_ANALYTIC[name]
    array = np.array(w)
    with pytest.raises(BadInput, match="real steps give another slope than a complex step"):
        check_gradients(cost, array, gradient(array), scheme="complex")
    assert check_gradients(cost, array, gradient(array), scheme="central").ok


@pytest.mark.parametrize("factor", [-1.0, 0.0, 0.5, 1.0 + 1e-8])
def test_a_wrong_gradient_of_an_analytic_cost_is_a_finding_and_no_bad_input(factor: float) -> None:
    w = np.array([[0.3, -1.2], [2.0, 1e-3]])
    report = check_gradients(
        lambda p: np.sin(p).sum() + (p**3).sum(),
        w,
        factor * (np.cos(w) + 3 * w**2),
        scheme="complex",
    )
    assert report.counts["disagree"] == 4


def test_a_claim_that_is_no_number_is_a_finding_too() -> None:
    w = np.array([0.3, -1.2])
    report = check_gradients(lambda p: (p**2).sum(), w, np.array([np.nan, -2.4]), scheme="complex")
    assert report.counts["disagree"] == 1


def test_the_array_that_is_named_is_the_one_with_the_entry() -> None:
    parameters = {"a": np.array([0.5, 2.0]), "b": np.array([[1.0, 3.0]])}

    def cost(p: Any) -> Any:
        return (p["a"] ** 2).sum() + p["b"][0, 0] ** 2 + p["b"][0, 1] * np.conj(p["b"][0, 1])

    right = {name: 2 * array for name, array in parameters.items()}
    with pytest.raises(BadInput, match=r"at b \[0, 1\] real steps"):
        check_gradients(cost, parameters, right, scheme="complex")


def test_a_kink_beside_which_real_steps_see_another_slope_is_no_sign_of_it() -> None:
    # The real part decides the branch: under a complex step the cost has the slope of one side.
    w = np.array([0.0, 1.0])

    def cost(p: Any) -> Any:
        return np.where(np.real(p) >= 0, 2 * p, p).sum()

    report = check_gradients(cost, w, np.array([1.5, 2.0]), scheme="complex")
    assert report.arrays[0].counts["disagree"] == 1
