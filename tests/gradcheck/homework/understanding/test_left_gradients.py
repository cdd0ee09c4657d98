"""Gradients that are left in an object."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.left_gradients import by_layer, left_gradients

ONE, TWO = np.ones(2), np.zeros(2)


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (SimpleNamespace(dW=[1], db=[2]), [[1], [2]]),
        (SimpleNamespace(nabla_w=[1], nabla_b=[2]), [[1], [2]]),
        (SimpleNamespace(grads={"W1": 1}), {"W1": 1}),
        (SimpleNamespace(db1=TWO, dW1=ONE, W1=TWO), [ONE, TWO]),
        (SimpleNamespace(W1=ONE, b1=TWO), None),
        (SimpleNamespace(dW=[1]), None),
    ],
)
def test_where_they_are(own: Any, found: Any) -> None:
    assert left_gradients(own) == found


def test_a_layer_without_its_biases_is_not_enough() -> None:
    assert by_layer({"dW1": 1, "db1": 2, "dW2": 3, "db2": 4}) == [1, 2, 3, 4]
    assert by_layer({"dW1": 1, "db1": 2, "dW2": 3}) is None
    assert by_layer({"other": 1}) is None
