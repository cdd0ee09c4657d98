"""Losses: sums and means are right, another loss is not."""

import numpy as np
import pytest

from tests.gradcheck.homework.known_operations.calls import drawn, unlike

X, LABELS = drawn(6, 4), np.array([0, 3, 1, 2, 2, 0])
CHANCES = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)
EACH = -np.log(CHANCES[np.arange(6), LABELS])


@pytest.mark.parametrize("right", [EACH, EACH.sum(), EACH.mean()])
def test_softmax_loss(right: float) -> None:
    for y in (LABELS, np.eye(4)[LABELS]):
        assert unlike("softmax_loss", right, x=X, y=y) == ""
        assert unlike("softmax_cross_entropy", right, logits=X, labels=y) == ""
        assert unlike("softmax_loss", -right, x=X, y=y)
        assert unlike("softmax_loss", right + 0.01, x=X, y=y)
        assert unlike("softmax_loss", right + 0.01, {"reg": 0.1}, x=X, y=y) == ""


def test_squared_errors() -> None:
    y = np.eye(4)[LABELS]
    squares = (X - y) ** 2
    for right in (squares, squares.sum(), squares.mean(), squares.sum() / 12):
        assert unlike("mse_loss", right, x=X, y=y) == ""
    assert unlike("mse", np.abs(X - y).mean(), x=X, y=y)
