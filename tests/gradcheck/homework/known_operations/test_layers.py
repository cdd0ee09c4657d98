"""Fully connected layers and normalisations, in each layout that is in use."""

from typing import Any

import numpy as np
import pytest

from tests.gradcheck.homework.known_operations.calls import drawn, unlike

X, W, B = drawn(4, 6), drawn(6, 5), drawn(5)


@pytest.mark.parametrize(
    ("x", "w", "b", "right"),
    [
        (X, W, B, X @ W + B),
        (X, W.T.copy(), B, X @ W + B),
        (X.T.copy(), W.T.copy(), B[:, None], W.T @ X.T + B[:, None]),
        (X.reshape(4, 2, 3), W, B, X @ W + B),
        (X[0], W, B, X[0] @ W + B),
    ],
)
def test_affine(x: Any, w: Any, b: Any, right: Any) -> None:
    assert unlike("affine", right, x=x, w=w, b=b) == ""
    assert unlike("linear", right, A=x, W=w, b=b) == ""
    assert unlike("dense", right, first=x, second=w, third=b) == ""
    assert "is not x w + b: entry (" in unlike("affine", right - 2 * b, x=x, w=w, b=b)
    assert unlike("affine_relu", np.maximum(right, 0), x=x, w=w, b=b) == ""
    assert unlike("affine_relu", np.abs(right), x=x, w=w, b=b)
    assert unlike("fc_sigmoid", 1 / (1 + np.exp(-right)), x=x, w=w, b=b) == ""
    assert unlike("affine_tanh", np.tanh(right), x=x, w=w, b=b) == ""


def test_a_product_without_biases() -> None:
    assert unlike("matmul", X @ W, x=X, w=W) == ""
    assert unlike("affine", X @ W, x=X, w=W) == ""
    assert unlike("matmul", 2 * X @ W, x=X, w=W)


def test_an_output_of_another_shape() -> None:
    assert "it has shape (4,), and should have (4, 5)" in unlike(
        "affine", (X @ W + B).sum(axis=1), x=X, w=W, b=B
    )


def test_what_takes_other_arrays_is_not_judged() -> None:
    assert unlike("affine", X, x=X, w=W, b=B, gamma=B) == ""
    assert unlike("highway", X, x=X, w=W, b=B) == ""


@pytest.mark.parametrize("slope", [0.0, 0.01, 0.3])
def test_leaky_relu_of_any_slope(slope: float) -> None:
    right = np.where(X > 0, X, slope * X)
    assert unlike("leaky_relu", right, x=X) == ""
    assert unlike("leaky_relu", right, {"alpha": slope}, x=X) == ""
    assert unlike("leaky_relu", right, {"alpha": 0.2}, x=X)


@pytest.mark.parametrize("wrong", [X, -X, np.abs(X), np.where(X > 0, X, 0.1 * X**2)])
def test_what_is_no_leaky_relu(wrong: Any) -> None:
    assert "a part of x elsewhere" in unlike("leaky_relu", wrong, x=X)


def normalised(axis: int, epsilon: float = 1e-5, less: int = 0) -> Any:
    mean, variance = X.mean(axis, keepdims=True), X.var(axis, ddof=less, keepdims=True)
    return (X - mean) / np.sqrt(variance + epsilon)


GAMMA, BETA = 1 + 0.3 * drawn(6), drawn(6, seed=1)


@pytest.mark.parametrize(("stem", "axis"), [("batchnorm", 0), ("layer_norm", 1)])
def test_normalisations(stem: str, axis: int) -> None:
    given = {"x": X, "gamma": GAMMA, "beta": BETA}
    for epsilon, less in ((1e-5, 0), (1e-8, 0), (1e-5, 1)):
        assert unlike(stem, GAMMA * normalised(axis, epsilon, less) + BETA, **given) == ""
    columns = {"x": X.T.copy(), "gamma": GAMMA[:, None], "beta": BETA[:, None]}
    assert unlike(stem, (GAMMA * normalised(axis) + BETA).T, **columns) == ""
    for wrong in (normalised(axis), GAMMA * normalised(1 - axis) + BETA):
        assert unlike(stem, wrong, **given)
    assert unlike(stem, X, {"mode": "test"}, **given) == ""


@pytest.mark.parametrize(("epsilon", "is_right"), [(1e-3, True), (1e-2, True), (0.1, False)])
def test_an_epsilon_that_the_function_does_not_tell(epsilon: float, is_right: bool) -> None:
    x, gamma, beta = 0.3 * drawn(5, 3), drawn(3), drawn(3, seed=1)
    output = gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta
    assert (unlike("batchnorm", output, x=x, gamma=gamma, beta=beta) == "") == is_right
