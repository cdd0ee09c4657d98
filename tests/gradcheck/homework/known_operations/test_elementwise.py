"""Operations on each entry: the right one is recognised, and another one is not taken for it."""

import numpy as np
import pytest

from gradcheck.homework.known_operations.elementwise import softmax_over
from tests.gradcheck.homework.known_operations.calls import drawn, unlike

X = drawn(4, 5)
RIGHT = {
    "relu": np.where(X > 0, X, 0),
    "relu6": np.where(X > 0, X, 0),
    "sigmoid": np.exp(X) / (1 + np.exp(X)),
    "tanh": (np.exp(2 * X) - 1) / (np.exp(2 * X) + 1),
    "softplus": np.log(1 + np.exp(X)),
    "softsign": X / (1 + np.abs(X)),
    "silu": X / (1 + np.exp(-X)),
    "square": X**2,
    "sin": np.sin(X),
    "exp": np.exp(X),
    "identity": X,
    "softmax": np.exp(X) / np.exp(X).sum(axis=1, keepdims=True),
    "log_softmax": X - np.log(np.exp(X).sum(axis=0)),
}


@pytest.mark.parametrize("stem", RIGHT)
def test_each_operation(stem: str) -> None:
    right = RIGHT[stem]
    assert unlike(stem, right, x=X) == ""
    assert unlike(stem, right.astype(np.float32).astype(float), x=X) == ""
    for wrong in (1.01 * right, right + 0.01, np.cos(3 * X)):
        assert unlike(stem, wrong, x=X).startswith(f"the output of {stem}_forward is not ")


def test_softmax_over_an_axis() -> None:
    assert np.allclose(softmax_over(1000 + X, 0).sum(axis=0), 1.0)
    assert unlike("softmax", np.exp(X) / np.exp(X).sum(), x=X)
