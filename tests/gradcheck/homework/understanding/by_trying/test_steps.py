"""Gradients of code that updates its own arrays."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.refusals import NoGradient, Unmatched
from gradcheck.homework.understanding.by_trying.steps import Steps, understood_steps
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    BATCH,
    Layer,
    code_of,
    learned_by,
    trial_of,
)

X, Y = BATCH.inputs.T, BATCH.targets.T
WANTED = [*Layer().backward(X, Y).values()]


def understood(own: Any) -> Steps:
    steps = Steps(("train",), trial_of(), learned_by(own, "W", "b"))
    return understood_steps(steps, code_of(own), steps.learned.values)


def arrays_of(steps: Steps, own: Any) -> list[HostArray]:
    (reading,) = steps.at(code_of(own), steps.learned.values)
    return [*reading.arrays]


def test_steps_over_their_rate_are_gradients() -> None:
    own = Layer()
    steps = understood(own)
    assert steps.has_rate
    assert steps.is_proportional
    for one, other in zip(arrays_of(steps, own), WANTED, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)
    np.testing.assert_array_equal(own.W, Layer().W)
    assert own.lr == 0.5


def test_a_rate_that_the_code_has_in_itself_is_not_known() -> None:
    class Own(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            self.W = self.W - 0.1 * self.backward(x, y)["dW"]

    steps = understood(Own())
    assert not steps.has_rate
    np.testing.assert_allclose(arrays_of(steps, Own())[0], 0.1 * WANTED[0], rtol=1e-9)


def test_weights_that_move_in_between_are_no_longer_in_proportion() -> None:
    class Own(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            for _ in range(2):
                super().train(x, y)

    assert not understood(Own()).is_proportional


def test_an_object_is_made_to_do_one_epoch() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.n_iterations = 50

        def train(self, x: HostArray, y: HostArray) -> None:
            for _ in range(self.n_iterations):
                super().train(x, y)

    assert understood(Own()).is_proportional


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda gradient: 0.0 * gradient, Unmatched, "train changes none of the arrays"),
        (lambda gradient: np.nan * gradient, StudentError, "steps that are NaN or infinite"),
        (np.sign, NoGradient, "All steps of train have the same size, as those of Adam"),
    ],
)
def test_what_is_no_step_along_a_gradient_is_told(
    change: Any, error: type[StudentError], words: str
) -> None:
    class Own(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            self.W = self.W - self.lr * change(self.backward(x, y)["dW"])

    with pytest.raises(error, match=words):
        understood(Own())


def test_a_call_that_makes_the_arrays_anew_is_refused() -> None:
    class Own(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            self.W, self.b = Layer().W, Layer().b
            super().train(x, y)

    with pytest.raises(StudentError, match="train makes the arrays anew in each call"):
        understood(Own())
