"""How a loss and its gradients are called."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from gradcheck.homework.understanding.loss_calls import REGULARISATION, LossCalls
from tests.gradcheck.homework.students import batch_of, caller

BATCH = batch_of((4, 3), 5)


class Both:
    def loss(self, x: Any, y: Any = None, reg: float = 0.0) -> Any:
        self.seen = x.shape, y.shape, reg
        return 3.5, {"W1": np.ones(2)}


class Apart:
    def loss(self, x: Any, y: Any) -> Any:
        return 3.5

    def gradient(self, x: Any, y: Any) -> Any:
        return {"W1": np.zeros(2)}


def calls(own: Any) -> LossCalls:
    return LossCalls(own, EXAMPLE_FORMS[0], BATCH, 0, caller())


def test_a_loss_that_returns_its_gradients_and_takes_a_strength() -> None:
    found = calls(Both())
    assert found.loss() == 3.5
    assert found.own.seen == ((5, 4), (5, 3), REGULARISATION)
    assert found.has_regularisation
    assert list(found.gradients()) == ["W1"]


def test_gradients_of_a_method_beside_the_loss() -> None:
    found = calls(Apart())
    assert not found.has_regularisation
    np.testing.assert_array_equal(found.gradients()["W1"], np.zeros(2))
    assert found.gradient_name == "gradient"


def test_what_is_missing_is_told() -> None:
    class NoGradients:
        def loss(self, x: Any, y: Any) -> Any:
            return 3.5

    class NoLoss:
        def train(self) -> None:
            pass

    with pytest.raises(StudentError, match=r"loss\(x, y\) returned no gradients"):
        calls(NoGradients()).gradients()
    with pytest.raises(StudentError, match="NoLoss has no method loss; its methods are: train"):
        calls(NoLoss()).loss()
