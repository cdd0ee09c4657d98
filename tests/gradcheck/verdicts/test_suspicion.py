"""Too good to be a measurement: said where it is so, and never of an honest claim."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray
from nets.costs import COSTS
from tests.gradcheck.problems import SCHEME_NAMES, problem, right
from tests.strategies import Problem

EQUAL = "equal to the last bit"
EVERY_SCHEME = pytest.mark.parametrize("scheme", SCHEME_NAMES)


def checked(given: Problem, gradients: Any, **options: Any) -> Report:
    return check_network(given.network, given.inputs, given.targets, gradients=gradients, **options)


def estimates(given: Problem, **options: Any) -> list[HostArray]:
    """What the checker itself measures, packed as a claim."""
    report = checked(given, right(given), **options)
    return [np.reshape(array.numerical, array.shape) for array in report.arrays]


@EVERY_SCHEME
def test_a_claim_made_of_the_same_differences_is_suspected(scheme: str) -> None:
    given = problem(6, 12, 5)
    report = checked(given, estimates(given, scheme=scheme), scheme=scheme)
    assert report.ok
    (said,) = report.suspicions
    assert EQUAL in said
    assert "all 149 entries" in said
    assert "Was the claim itself computed by finite differences?" in said
    text = " ".join(str(report).split())
    assert "Suspicious: claim and estimate are equal to the last bit" in text
    assert report.to_dict()["suspicions"] == [said]


def test_one_bit_is_enough_to_be_honest() -> None:
    given = problem(6, 5, 4)
    claim = estimates(given)
    claim[2][1, 1] = np.nextafter(claim[2][1, 1], np.inf)
    assert checked(given, claim).suspicions == ()


@EVERY_SCHEME
@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("cost", COSTS)
def test_right_backprop_is_not_suspected(activation: str, cost: str, scheme: str) -> None:
    if scheme == "complex" and activation == "relu":
        pytest.skip("the complex step needs an analytic activation")
    for sizes, batch_size in (((1, 3), 1), ((3, 2), 1), ((2, 3, 2), 2), ((10, 10, 5), 1)):
        for seed in (0, 24):
            given = problem(
                *sizes, activation=activation, cost=cost, batch_size=batch_size, seed=seed
            )
            assert checked(given, None, scheme=scheme, threads=1).suspicions == ()


def test_few_numbers_are_equal_by_chance() -> None:
    """The slope of a straight line is exact in round numbers."""
    w, slopes = np.array([1.0, 2.0, 4.0, 8.0]), np.array([1.0, 3.0, -2.0, 0.5])
    options: dict[str, Any] = {"scheme": "central", "epsilon": 2.0**-20}

    def line(p: HostArray) -> Any:
        return (p * slopes).sum()

    few = check_gradients(line, w, slopes, **options)
    assert np.array_equal(few.arrays[0].backprop, few.arrays[0].numerical)
    assert few.suspicions == ()

    def longer(p: HostArray) -> Any:
        return (p * np.tile(slopes, 2)).sum()

    (said,) = check_gradients(longer, np.tile(w, 2), np.tile(slopes, 2), **options).suspicions
    assert "all 8 entries that are not 0" in said


def test_zeros_on_both_sides_are_no_sign() -> None:
    report = check_gradients(lambda _: 3.0, [np.ones(50)], [np.zeros(50)])
    assert report.suspicions == ()


# Memory


def square(parameters: dict[str, HostArray]) -> Any:
    return 0.5 * sum((array**2).sum() for array in parameters.values())


def suspicions(parameters: dict[str, Any], gradients: dict[str, Any]) -> tuple[str, ...]:
    return check_gradients(square, parameters, gradients).suspicions


def test_a_gradient_in_the_memory_of_its_parameter_is_said() -> None:
    w, v = np.array([1.1, 2.2, 3.3]), np.array([0.4, 0.7])
    (said,) = suspicions({"w": w, "v": v}, {"w": w, "v": v.copy()})
    assert said == "the gradient given for w is stored in the memory of w itself"
    (said,) = suspicions({"w": w, "v": v}, {"w": w.copy(), "v": w[1:]})
    assert said == "the gradient given for v is stored in the memory of w itself"


def test_gradients_in_one_memory_are_said() -> None:
    w, v = np.array([1.1, 2.2, 3.3]), np.array([0.4, 0.7, 0.9])
    claim = np.array([1.1, 2.2, 3.3])
    (said,) = suspicions({"w": w, "v": v}, {"w": claim, "v": claim})
    assert said == "the gradients given for w and v share their memory"
    (said,) = suspicions({"w": w, "v": v}, {"w": claim, "v": claim[::-1]})
    assert said == "the gradients given for w and v share their memory"


def test_the_memory_of_a_network_is_looked_at_too() -> None:
    given = problem(3, 4, 2)
    claim = right(given)
    claim[1] = given.network.parameters[1]
    (said,) = checked(given, claim).suspicions
    assert said == (
        "the gradient given for layer 1 biases is stored in the memory of layer 1 biases itself"
    )


def pieces_of_a_vector() -> list[HostArray]:
    flat = np.linspace(0.1, 1.0, 10)
    return [flat[:6].reshape(2, 3), flat[6:9], flat[9:]]


def a_matrix_and_the_column_beside_it() -> list[HostArray]:
    buffer = np.linspace(0.1, 1.0, 20).reshape(4, 5)
    return [buffer[:, :4], buffer[:, 4:]]


def rows_in_turn() -> list[HostArray]:
    buffer = np.linspace(0.1, 1.0, 20).reshape(10, 2)
    return [buffer[::2], buffer[1::2]]


def strides_of_three() -> list[HostArray]:
    flat = np.linspace(0.1, 1.0, 30)
    return [flat[0::3], flat[1::3], flat[2::3]]


def blocks_of_a_transposed_matrix() -> list[HostArray]:
    buffer = np.linspace(0.1, 1.0, 36).reshape(6, 6).T
    return [buffer[:3, :3], buffer[:3, 3:], buffer[3:, :3], buffer[3:, 3:]]


VIEWS = (
    pieces_of_a_vector,
    a_matrix_and_the_column_beside_it,
    rows_in_turn,
    strides_of_three,
    blocks_of_a_transposed_matrix,
)
EVERY_VIEW = pytest.mark.parametrize("cut", VIEWS, ids=lambda cut: cut.__name__)


@EVERY_VIEW
def test_views_that_share_a_buffer_and_no_number_are_not_accused(
    cut: Callable[[], list[HostArray]],
) -> None:
    parameters = {f"p{position}": view for position, view in enumerate(cut())}
    gradients = {f"p{position}": view for position, view in enumerate(cut())}
    report = check_gradients(square, parameters, gradients)
    assert report.ok
    assert report.suspicions == ()
    both = np.concatenate([np.arange(1.0, 7.0)] * 2)  # parameters and gradients in one buffer
    assert suspicions({"w": both[:6]}, {"w": both[6:]}) == ()


@EVERY_VIEW
def test_views_that_share_one_number_are(cut: Callable[[], list[HostArray]]) -> None:
    first, second, *_ = cut()
    base = first.base if first.base is not None else first
    whole = base if isinstance(base, np.ndarray) else first
    parameters = {"first": first.copy(), "second": whole.copy()}
    (said,) = suspicions(parameters, {"first": first, "second": whole})
    assert said == "the gradients given for first and second share their memory"
    assert suspicions(parameters, {"first": first, "second": whole.copy()}) == ()
    assert second.size > 0
