"""Of several ways of calling a pair, the one in which its gradients are right."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.pairs.choice import chosen_reading
from gradcheck.homework.understanding.pairs.forms import NoShapes
from gradcheck.homework.understanding.pairs.trials import NotDone
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    pair_in,
)


def chosen(*functions: Any) -> Any:
    return chosen_reading(pair_in(*functions), {}, 0, caller())


def test_a_right_pair_is_read_as_it_stands() -> None:
    found = chosen(affine_forward, affine_backward)
    assert found.left_out == ()
    assert found.read.fits_everywhere()


def test_a_loss_that_never_changes_is_not_done() -> None:
    def softmax_loss(x: Any, y: Any) -> Any:
        return 0.0, np.zeros_like(x)

    with pytest.raises(NotDone, match="always returns the same loss"):
        chosen(softmax_loss)


def test_a_derivative_of_a_function_that_is_not_elementwise_is_refused() -> None:
    def softmax(x: Any) -> Any:
        powers = np.exp(x - x.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)

    def softmax_derivative(x: Any) -> Any:
        return softmax(x) * (1.0 - softmax(x))

    with pytest.raises(NoShapes, match="Let it take the arriving gradient too"):
        chosen(softmax, softmax_derivative)


def mse(y_true: Any, y_pred: Any) -> Any:
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true: Any, y_pred: Any) -> Any:
    return 2 * (y_pred - y_true) / np.size(y_true)


def test_a_loss_may_take_its_targets_first() -> None:
    found = chosen(mse, mse_prime)
    assert (found.left_out, found.read.names) == ((), ["y_pred"])
    assert found.read.fits_everywhere()


def sigmoid(x: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-x))


@pytest.mark.parametrize(
    ("name", "is_open"), [("x", True), ("a", False), ("z", False)], ids=["input", "output", "any"]
)
def test_a_derivative_may_be_written_for_the_output(name: str, is_open: bool) -> None:
    names: dict[str, Any] = {}
    exec(f"def dsigmoid({name}): return {name} * (1.0 - {name})", names)
    names["dsigmoid"].__name__ = "sigmoid_prime"
    found = chosen(sigmoid, names["dsigmoid"])
    assert found.read.fits_everywhere()
    assert [each.name for each in found.left_out] == ["How sigmoid_prime is called"] * is_open


def test_a_derivative_that_is_right_nowhere_is_read_at_the_input() -> None:
    def sigmoid_prime(x: Any) -> Any:
        return x * (1.0 + x)

    found = chosen(sigmoid, sigmoid_prime)
    assert found.left_out == ()
    assert not found.read.fits_everywhere()


def test_a_backward_that_gets_a_gradient_takes_the_input_by_its_name() -> None:
    def sigmoid_backward(dout: Any, x: Any) -> Any:
        return dout * x * (1.0 - x)

    found = chosen(sigmoid, sigmoid_backward)
    assert found.left_out == ()
    assert not found.read.fits_everywhere()


def test_what_arrives_from_downstream_is_not_the_output() -> None:
    def tanh(x: Any) -> Any:
        return np.tanh(x)

    def tanh_backward(dout: Any) -> Any:
        return 1.0 - dout**2

    found = chosen(tanh, tanh_backward)
    assert found.left_out == ()
    assert not found.read.fits_everywhere()
