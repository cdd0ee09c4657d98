"""What check_gradients is given: named, ordered, bare, or not usable at all."""

import re
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from nets.errors import BadInput
from tests.gradcheck.problems import (
    checked,
    problem,
    right,
    squares,
)


def test_parameters_may_be_a_dict_or_a_list() -> None:
    a, b = np.array([1.0, 2.0]), np.array([[3.0]])
    named = check_gradients(squares, {"a": a, "b": b}, {"b": 2 * b, "a": 2 * a})
    listed = check_gradients(squares, [a, b], [2 * a, 2 * b])
    assert [array.name for array in named.arrays] == ["a", "b"]
    assert [array.name for array in listed.arrays] == ["parameter 0", "parameter 1"]
    assert named.ok
    assert listed.ok
    assert named.engine == "one-by-one"


def test_numbers_and_empty_arrays_are_parameters_too() -> None:
    number, empty = np.asarray(3.0), np.zeros((0, 2))
    report = check_gradients(squares, [number, empty], [np.asarray(6.0), empty])
    assert report.ok
    assert report.checked == 1
    assert report.arrays[0].shape == ()


def test_float32_parameters_are_checked_in_float64() -> None:
    w = np.array([1.0, 2.0], dtype=np.float32)
    seen: set[str] = set()

    def cost(parameters: list[Any]) -> Any:
        seen.add(str(parameters[0].dtype))
        return (parameters[0] ** 2).sum()

    assert check_gradients(cost, [w], [2 * w]).ok
    assert seen == {"float64"}


@pytest.mark.parametrize(
    ("gradients", "message"),
    [
        ({"a": np.ones(2)}, "no gradient was given for 'b'"),
        ({"a": 1, "b": 1, "c": 1}, "a gradient was given for 'c'; the parameters are 'a', 'b'"),
        (
            [np.ones(2), np.ones(3)],
            "the gradients are a list; give a dict with the names of the parameters",
        ),
        (
            {"a": np.ones((2, 1)), "b": np.ones(3)},
            "the gradient of a has shape (2, 1); it should be (2,)",
        ),
        (
            {"a": np.ones(2), "b": 1.0},
            "the gradient of b is a float; it should be an array of shape (3,)",
        ),
    ],
)
def test_gradients_that_do_not_fit_named_parameters(gradients: Any, message: str) -> None:
    parameters = {"a": np.ones(2), "b": np.ones(3)}
    with pytest.raises(ValueError, match=re.escape(message)):
        check_gradients(squares, parameters, gradients)


def test_another_number_of_gradients_than_of_parameters() -> None:
    with pytest.raises(ValueError, match="1 gradients were given; give a list of 2"):
        check_gradients(squares, [np.ones(2), np.ones(3)], [np.ones(2)])
    with pytest.raises(ValueError, match="3 gradients were given; give 4"):
        checked(problem(3, 4, 2), right(problem(3, 4, 2))[:3])


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        (np.array([1.0, np.nan]), "parameter 0 contains NaN or infinity"),
        (np.array([1.0 + 1j, 0.0]), "parameter 0 has dtype complex128; give real numbers"),
        ("ab", "parameter 0 is a str; give an array"),
    ],
)
def test_parameters_that_are_no_real_numbers(parameter: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        check_gradients(squares, [parameter], [np.ones(2)])


@pytest.mark.parametrize("parameters", [[], {}, [np.zeros((0, 3))]])
def test_nothing_to_check(parameters: Any) -> None:
    with pytest.raises(BadInput, match="there are no parameters to check"):
        check_gradients(lambda _: 1.0, parameters, parameters)


def test_a_bare_array_is_given_to_the_cost_bare() -> None:
    w = np.array([[1.0, 2.0], [3.0, 4.0]])
    report = check_gradients(lambda array: (array**2).sum(), w, 2 * w)
    assert report.ok
    assert report.arrays[0].shape == (2, 2)
    assert not check_gradients(lambda array: (array**2).sum(), w, 2 * w.T).ok


def test_a_number_may_be_claimed_for_a_number() -> None:
    assert check_gradients(lambda p: p[0] ** 2, [np.asarray(3.0)], [6.0]).ok


@pytest.mark.parametrize(
    ("parameters", "gradients", "message"),
    [
        ("w", "w", "the parameters are a str"),
        ([np.ones(2)], np.ones(2), "the gradients are a ndarray; give a list of 1"),
        ([0.5], [0.5], "np.array makes one"),
        (np.ones(3), [1.0, 1.0, 1.0], "the gradient of parameters is a list"),
        (np.ones(3), None, "the gradient of parameters is a NoneType"),
    ],
)
def test_parameters_and_gradients_of_odd_kinds(
    parameters: Any, gradients: Any, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        check_gradients(lambda _: 0.0, parameters, gradients)


def test_a_complex_claim_is_refused() -> None:
    w = np.ones(2)
    with pytest.raises(BadInput, match="dtype complex128; give real numbers"):
        check_gradients(lambda p: (p**2).sum(), w, 2 * w + 1j)


def test_masked_arrays_are_refused() -> None:
    masked = np.ma.masked_array([1.0, 2.0], mask=[True, False])
    with pytest.raises(BadInput, match="masked array"):
        check_gradients(lambda p: (p**2).sum(), masked, np.ones(2))
