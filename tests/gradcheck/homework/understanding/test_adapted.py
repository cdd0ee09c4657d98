"""The functions of an adapter are called, and what they return is checked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.adapted import Adapted
from gradcheck.homework.understanding.built_by_adapter import adapted_of
from tests.gradcheck.homework.students import caller

W = np.arange(6.0).reshape(2, 3)


def good(**changed: Any) -> dict[str, Any]:
    """A cost of two arrays, and its gradients."""
    returned: dict[str, Any] = {
        "arrays": {"w": W.copy(), "b": np.array([7.0])},
        "cost": lambda p: float(np.sum(p["w"] ** 2) + p["b"][0] ** 2),
        "gradients": lambda p: {"w": 2 * p["w"], "b": 2 * p["b"]},
    }
    return returned | changed


def adapted(**changed: Any) -> Adapted:
    return adapted_of(good(**changed), 0, caller())


def test_functions_that_take_the_arrays() -> None:
    found = adapted(inputs=["w"], batch_size=5)
    values = [array.value for array in found.arrays]
    assert [(array.name, array.is_input) for array in found.arrays] == [("w", True), ("b", False)]
    assert found.batch_size == 5
    assert found.cost_at(values) == np.sum(W**2) + 49.0
    np.testing.assert_array_equal(found.gradients_at(values)[0], 2 * W)


def test_functions_that_take_nothing_use_arrays_changed_in_place() -> None:
    held = {"w": W.copy()}
    found = adapted_of(
        {
            "arrays": held,
            "cost": lambda: float(np.sum(held["w"])),
            "gradients": lambda: {"w": np.ones((2, 3))},
        },
        0,
        caller(),
    )
    assert found.cost_at([np.ones((2, 3))]) == 6.0
    np.testing.assert_array_equal(held["w"], np.ones((2, 3)))
    with pytest.raises(StudentError, match="let cost take the arrays, or use another scheme"):
        found.cost_at([np.ones((2, 3), dtype=complex)])


def test_one_vector_of_all_gradients_is_cut() -> None:
    found = adapted(gradients=lambda _: np.arange(7.0))
    first, second = found.gradients_at([W, np.array([7.0])])
    np.testing.assert_array_equal(first, W)
    np.testing.assert_array_equal(second, [6.0])
    found = adapted(gradients=lambda _: np.arange(8.0))
    with pytest.raises(StudentError, match="one array of 8 numbers; the arrays have 7 numbers"):
        found.gradients_at([W, np.array([7.0])])


def test_a_column_for_a_vector_is_put_into_shape() -> None:
    found = adapted(gradients=lambda p: {"w": 2 * p["w"], "b": np.array([[14.0]])})
    assert found.gradients_at([W, np.array([7.0])])[1].shape == (1,)


@pytest.mark.parametrize(
    ("gradients", "words"),
    [
        (lambda _: None, "the gradients are a NoneType; give a dict with the names"),
        (lambda _: {"w": W}, "no gradient was given for 'b'"),
        (lambda _: {"w": W.T, "b": [1.0]}, r"gradient of w has shape \(3, 2\).*should be \(2, 3\)"),
        (
            lambda _: {"w": None, "b": [1.0]},
            "no gradient of w: gradients of the adapter returned None",
        ),
        (lambda _: {"w": "text", "b": [1.0]}, "Found dtype <U4 in the gradient of w"),
        (lambda _: 1 / 0, "gradients of the adapter raised ZeroDivisionError"),
    ],
)
def test_gradients_that_do_not_fit(gradients: Callable[[Any], Any], words: str) -> None:
    with pytest.raises(StudentError, match=words):
        adapted(gradients=gradients).gradients_at([W, np.array([7.0])])
