"""What forward and backward receive is told by the names of their arguments."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.layers.call_arguments import (
    Passing,
    backward_of_layer,
    backward_of_loss,
    forward_arguments,
    takes_rate,
)
from gradcheck.homework.understanding.layers.sizes import LEARNING_RATE

X, ARRIVING, TARGETS = np.ones((3, 5)), np.full((3, 4), 2.0), np.full((3, 4), 7.0)
PASSING = Passing(X, 3, "the cache")


def function(arguments: str) -> Any:
    return eval(f"lambda {arguments}: None")


def texts(given: tuple[list[Any], dict[str, Any]]) -> list[str]:
    """The names of what is given."""
    known = {1.0: "x", 2.0: "arriving", 7.0: "targets"}
    each = [*given[0], *given[1].values()]
    return [known[one.flat[0]] if isinstance(one, np.ndarray) else str(one) for one in each]


def test_a_layer_receives_the_input_and_flags() -> None:
    assert texts(forward_arguments(function("x"), PASSING, None)) == ["x"]
    assert texts(forward_arguments(function("x, training"), PASSING, None)) == ["x", "True"]


def test_a_loss_receives_targets_in_their_place() -> None:
    assert texts(forward_arguments(function("y_pred, y_true"), PASSING, TARGETS)) == [
        "x",
        "targets",
    ]
    assert texts(forward_arguments(function("t, out"), PASSING, TARGETS)) == ["targets", "x"]


def test_backward_receives_the_arriving_gradient_the_input_the_cache_and_a_rate() -> None:
    assert texts(backward_of_layer(function("grad"), PASSING, ARRIVING)) == ["arriving"]
    assert texts(backward_of_layer(function("x, grad"), PASSING, ARRIVING)) == ["x", "arriving"]
    found = texts(backward_of_layer(function("grad, cache, lr"), PASSING, ARRIVING))
    assert found == ["arriving", "the cache", str(LEARNING_RATE)]


def test_the_backward_of_a_loss_receives_targets() -> None:
    found = texts(backward_of_loss(function("y_pred, y_true"), PASSING, TARGETS, X))
    assert found == ["x", "targets"]
    assert texts(backward_of_loss(function("y_true"), PASSING, TARGETS, X)) == ["targets"]


def test_what_is_given_is_a_copy() -> None:
    (first,), _ = backward_of_layer(function("grad"), PASSING, ARRIVING)
    first[:] = 0.0
    assert np.all(ARRIVING == 2.0)


def test_a_learning_rate_is_noticed() -> None:
    assert takes_rate(function("grad, learning_rate"))
    assert takes_rate(function("grad, optimizer"))
    assert not takes_rate(function("grad"))
