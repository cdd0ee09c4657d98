"""A cost of one long vector is called."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.flat_calls import FlatCalls
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.target_forms import target_forms
from tests.gradcheck.homework.students import batch_of, caller

BATCH = batch_of((4, 3), 5)
VECTOR = np.arange(1.0, 16.0)


def both(theta: Any, n_in: int, n_out: int, x: Any, y: Any, reg: float) -> Any:
    assert (n_in, n_out, x.shape, y.shape, reg) == (4, 3, (5, 4), (5, 3), REGULARISATION)
    return np.sum(theta**2), 2 * theta


def calls(*functions: Any, shape: tuple[int, ...] = (15,)) -> FlatCalls:
    named = {each.__name__: each for each in functions}
    first, *others = named
    return FlatCalls(
        *(named, (first, others[0] if others else first), (4, 3), BATCH, target_forms()[2]),
        *(shape, caller()),
    )


def test_a_function_that_returns_cost_and_gradient() -> None:
    found = calls(both)
    assert found.cost(VECTOR) == np.sum(VECTOR**2)
    np.testing.assert_array_equal(found.gradient(VECTOR), 2 * VECTOR)


def test_a_column_goes_in_and_a_flat_gradient_comes_out() -> None:
    def column(theta: Any, layers: Any, x: Any, y: Any) -> Any:
        assert theta.shape == (15, 1)
        assert layers == [4, 3]
        return np.sum(theta), np.ones_like(theta)

    assert calls(column, shape=(15, 1)).gradient(VECTOR).shape == (15,)


@pytest.mark.parametrize("kind", [list, tuple])
def test_a_gradient_in_parts_is_one_vector(kind: Any) -> None:
    def gradient(theta: Any, layers: Any, x: Any, y: Any) -> Any:
        return kind([theta[:12].reshape(3, 4), theta[12:]])

    np.testing.assert_array_equal(calls(both, gradient).gradient(VECTOR), VECTOR)


def test_the_vector_is_not_changed_by_a_call() -> None:
    def changes(theta: Any, layers: Any, x: Any, y: Any) -> Any:
        theta[:] = 0.0
        return 0.0, theta

    before = VECTOR.copy()
    calls(changes).gradient(VECTOR)
    np.testing.assert_array_equal(VECTOR, before)


def test_a_gradient_of_another_size_and_no_cost_are_told() -> None:
    def few(theta: Any, layers: Any, x: Any, y: Any) -> Any:
        return "text", theta[:3]

    with pytest.raises(StudentError, match="few returned a gradient of 3 numbers; the vector has"):
        calls(few).gradient(VECTOR)
    with pytest.raises(StudentError, match="few returned an object of type str"):
        calls(few).cost(VECTOR)
