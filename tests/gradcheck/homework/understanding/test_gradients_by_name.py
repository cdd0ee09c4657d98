"""One gradient among those that were returned by names."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.gradients_by_name import gradient_for

G = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize("key", ["W1", "dW1", "d_W1", "grad_W1", "W1_grad", "gradW1"])
def test_names_that_a_gradient_may_have(key: str) -> None:
    np.testing.assert_array_equal(gradient_for("W1", (2, 3), {"b1": 0, key: G}, "loss(x, y)"), G)


def test_a_key_may_be_a_number() -> None:
    np.testing.assert_array_equal(gradient_for(1, (2, 3), {1: G}, "loss(x, y)"), G)


@pytest.mark.parametrize("shape", [(3,), (1, 3), (3, 1)])
def test_a_vector_may_lie_or_stand(shape: tuple[int, ...]) -> None:
    found = gradient_for("b1", (1, 3), {"b1": np.arange(3.0).reshape(shape)}, "loss(x, y)")
    np.testing.assert_array_equal(found, [[0.0, 1.0, 2.0]])


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"W1": G.T}, r"The gradient of W1 has shape \(3, 2\); it should be \(2, 3\)"),
        ({"W1": G.reshape(-1)}, r"has shape \(6,\); it should be"),
        ({"W2": G, "db": G}, "no gradient of W1: the keys of the gradients are W2, db"),
        ({}, "the keys of the gradients are none"),
        ([G], r"loss\(x, y\) returned an object of type list as gradients"),
        ({"W1": "text"}, "the gradient of W1"),
    ],
)
def test_what_is_no_gradient_is_told(found: Any, words: str) -> None:
    with pytest.raises(StudentError, match=words):
        gradient_for("W1", (2, 3), found, "loss(x, y)")
