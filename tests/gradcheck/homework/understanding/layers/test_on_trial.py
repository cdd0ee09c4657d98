"""A layer with an input: its parameters, and what forward and backward give."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from tests.gradcheck.homework.understanding.layers.dense import Dense, SquaredLoss, X, trial_of


def test_parameters_and_gradients_are_found() -> None:
    trial = trial_of(Dense())
    assert [each.name for each in trial.parameters] == ["w", "b"]
    assert trial.output_shape == (3, 4)
    values = [each.array for each in trial.parameters]
    passed = trial.passed(trial.placed(values), X, trial.arriving)
    assert passed.input_gradient is not None
    np.testing.assert_allclose(passed.input_gradient, trial.arriving @ values[0].T)
    of_w, of_b = passed.gradients
    assert of_w is not None
    assert of_b is not None
    np.testing.assert_allclose(of_w, X.T @ trial.arriving)
    np.testing.assert_allclose(of_b, trial.arriving.sum(axis=0))


def test_placed_values_are_those_of_a_copy() -> None:
    own = Dense()
    trial = trial_of(own)
    moved = trial.placed([np.zeros((5, 4)), np.full(4, 8.0)])
    np.testing.assert_array_equal(moved.forward(X), np.full((3, 4), 8.0))
    assert np.any(own.w)


def test_a_loss_has_an_output_without_axes() -> None:
    assert trial_of(SquaredLoss(), np.zeros((3, 5))).output_shape == ()


def test_weights_made_in_the_first_forward_pass_are_parameters() -> None:
    class Lazy(Dense):
        def __init__(self) -> None:
            self.b = np.arange(1.0, 5.0)

        def forward(self, x: Any) -> Any:
            if not hasattr(self, "w"):
                self.w = np.random.default_rng(0).standard_normal((x.shape[1], 4))
            return super().forward(x)

    assert sorted(each.name for each in trial_of(Lazy()).parameters) == ["b", "w"]


@pytest.mark.parametrize(
    ("output", "words"),
    [(None, "returned nothing"), (np.full((3, 4), np.nan), "is empty, or holds NaN")],
)
def test_outputs_that_are_no_numbers(output: Any, words: str) -> None:
    class Odd(Dense):
        def forward(self, x: Any) -> Any:
            return output

    with pytest.raises(StudentError, match=words):
        trial_of(Odd())


def test_examples_in_columns_show_in_the_output_of_weights_made_late() -> None:
    class Columns:
        def forward(self, x: Any) -> Any:
            if not hasattr(self, "w"):
                self.w = np.random.default_rng(0).standard_normal((4, len(x)))
            return self.w @ x

        def backward(self, grad: Any) -> Any:
            return self.w.T @ grad

    form = trial_of(Columns()).form
    assert (form.in_columns, form.batch) == (True, X.shape[1])
    assert not trial_of(Dense()).form.in_columns
