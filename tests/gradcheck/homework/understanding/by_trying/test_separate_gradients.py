"""Functions that each give the gradient of one array, as one function."""

import inspect
from typing import Any

from gradcheck.homework.understanding.by_trying.separate_gradients import with_all_gradients


def forward(x: Any, W1: Any, W2: Any) -> Any:  # noqa: N803
    return x * W1 * W2


def W1_grad(x: Any, W2: Any, scale: float = 1.0) -> Any:  # noqa: N802, N803
    return x * W2 * scale


def grad_W2(x: Any, W1: Any) -> Any:  # noqa: N802, N803
    return x * W1


def test_one_function_calls_all_with_what_each_takes() -> None:
    functions = {each.__name__: each for each in (forward, W1_grad, grad_W2)}
    found = with_all_gradients(functions)
    assert [*found] == ["forward", "W1_grad", "grad_W2", "W1_grad and grad_W2"]
    together = found["W1_grad and grad_W2"]
    assert [*inspect.signature(together).parameters] == ["x", "W2", "W1"]
    assert together(x=2.0, W1=3.0, W2=5.0) == {"dW1": 10.0, "dW2": 6.0}


def test_a_single_gradient_is_left_as_it_is() -> None:
    functions = {each.__name__: each for each in (forward, W1_grad)}
    assert with_all_gradients(functions) == functions
    assert with_all_gradients({"max": max}) == {"max": max}
