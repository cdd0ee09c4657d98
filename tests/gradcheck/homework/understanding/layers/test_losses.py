"""The loss of a layer is found where its class computes it."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.losses import has_separate_loss, is_fused, loss_of
from tests.gradcheck.homework.understanding.layers.dense import Dense, SquaredLoss, calls_of

SCORES = np.array([[1.0, 2.0], [0.5, -1.0], [0.0, 0.3]])
TARGETS = np.eye(2)[[0, 1, 0]]


class Softmax:
    """Its backward is that of softmax and cross-entropy together."""

    def forward(self, x: Any) -> Any:
        powers = np.exp(x)
        self.output = powers / powers.sum(axis=1, keepdims=True)
        return self.output

    def backward(self, y_true: Any) -> Any:
        return (self.output - y_true) / len(y_true)


class WithLoss(Softmax):
    def get_loss(self, y_true: Any) -> Any:
        return 7.0


class SumsUp:
    """Losses of examples; the mean is taken by another method, which needs a sum to add to."""

    def forward(self, y_pred: Any, y_true: Any) -> Any:
        return np.mean((y_pred - y_true) ** 2, axis=-1)

    def backward(self, y_pred: Any, y_true: Any) -> Any:
        return 2.0 * (y_pred - y_true) / y_pred.size

    def new_pass(self) -> None:
        self.total = 0.0

    def calculate(self, output: Any, y: Any) -> Any:
        losses = self.forward(output, y)
        self.total += np.sum(losses)
        return np.mean(losses)


def test_a_sum_over_an_epoch_is_begun() -> None:
    calls = calls_of(SumsUp(), TARGETS)
    found = loss_of(calls, SumsUp(), SCORES, calls.own.forward(SCORES, TARGETS))
    assert found == pytest.approx(np.mean((SCORES - TARGETS) ** 2))


def test_of_a_layer_without_targets_the_output_is_given() -> None:
    calls = calls_of(Dense())
    assert loss_of(calls, calls.own, SCORES, SCORES) is SCORES
    assert not is_fused(calls)


def test_a_loss_that_forward_returns() -> None:
    calls = calls_of(SquaredLoss(), TARGETS)
    assert loss_of(calls, calls.own, SCORES, 3.5) == 3.5


def test_a_loss_that_another_method_gives() -> None:
    calls = calls_of(WithLoss(), TARGETS)
    assert has_separate_loss(calls.own)
    assert loss_of(calls, calls.own, SCORES, SCORES) == 7.0
    assert not is_fused(calls)


def test_the_cross_entropy_of_a_softmax_that_takes_targets() -> None:
    calls = calls_of(Softmax(), TARGETS)
    output, _ = calls.forward(calls.own, SCORES)
    assert is_fused(calls)
    expected = -np.log(output[[0, 1, 2], [0, 1, 0]])
    np.testing.assert_allclose(loss_of(calls, calls.own, SCORES, output), expected)


def test_an_output_that_is_no_softmax_has_no_cross_entropy() -> None:
    calls = calls_of(Softmax(), TARGETS)
    with pytest.raises(StudentError, match="no method of Softmax gives a cost"):
        loss_of(calls, calls.own, SCORES, SCORES)
