"""The claims of code: what it returns, and the steps that it makes."""

from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.claims import Wishes
from gradcheck.homework.understanding.by_trying.found_claims import returned_claims, stepped_claims
from gradcheck.homework.understanding.by_trying.steps import Steps
from gradcheck.homework.understanding.by_trying.trial import Together
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    ROWS,
    Layer,
    code_of,
    learned_by,
    trial_of,
)


def find(kind: Any, how: Any, **wishes: Any) -> tuple[Any, list[str]]:
    errors: list[StudentError] = []
    own = kind()
    learned = learned_by(own, "W", "b")
    found = how(code_of(own), trial_of(), learned, Wishes(**wishes), errors)
    return found, [error.line for error in errors]


class TwoBackwards(Layer):
    def backprop(self, x: HostArray, y: HostArray) -> Any:
        return {name: -each for name, each in self.backward(x, y).items()}


def test_of_several_functions_the_one_that_fits_is_taken() -> None:
    (read, fits), _ = find(TwoBackwards, returned_claims)
    assert (read.claims.name, fits) == ("backward", True)


def test_the_function_that_was_named_is_taken_even_if_it_fits_not() -> None:
    (read, fits), _ = find(TwoBackwards, returned_claims, backward="backprop")
    assert (read.claims.name, fits) == ("backprop", False)


def test_a_function_that_raises_is_no_claim_but_its_error_is_kept() -> None:
    class Raises(Layer):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            raise ValueError("not yet")

    found, errors = find(Raises, returned_claims)
    assert found is None
    assert errors[0] == "backward(x, y) raised ValueError: not yet"


def test_steps_of_a_function_that_updates() -> None:
    (read, fits), _ = find(Layer, stepped_claims)
    assert fits
    assert isinstance(read.claims, Steps)
    assert read.claims.names == ("train",)


def test_a_function_that_was_named_is_the_only_one() -> None:
    found, _ = find(Layer, stepped_claims, backward="fit")
    assert found is None


def test_steps_through_the_examples_one_by_one_are_read_one_by_one() -> None:
    class OneByOne(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            for one, other in zip(x, y, strict=True):
                super().train(one[None], other[None])

    (read, _), _ = find(OneByOne, stepped_claims)
    assert read.claims.is_proportional
    assert read.claims.trial.way is ROWS.single


def test_pairs_in_a_list() -> None:
    class Pairs(Layer):
        def train(self, mini_batch: Any) -> None:  # type: ignore[override]
            x, y = (np.concatenate(each) for each in zip(*mini_batch, strict=True))
            super().train(x, y)

    errors: list[StudentError] = []
    own = Pairs()
    trial = trial_of()
    assert ROWS.single is not None
    single = type(trial)(trial.batch, ROWS.single, trial.forward)
    learned = learned_by(own, "W", "b")
    found = stepped_claims(code_of(own), single, learned, Wishes(), errors)
    assert found is not None
    assert found[1]
    assert found[0].claims.trial.together is Together.ALL_PAIRS


def test_a_backward_without_arguments_may_need_the_loss_before_it() -> None:
    class LossFirst(Layer):
        def loss(self, x: HostArray, y: HostArray) -> float:
            self.examples = x, y
            return super().loss(x, y)

        def backward(self) -> Any:  # type: ignore[override]
            return super().backward(*self.examples)

    (read, fits), _ = find(LossFirst, returned_claims)
    assert (read.claims.name, read.claims.trial.loss, fits) == ("backward", "loss", True)


class FixedBias:
    """A neuron whose bias is a plain number that no step changes."""

    def __init__(self) -> None:
        self.W = np.random.default_rng(2).standard_normal((4, 3))
        self.b = 0.3
        self.lr = 0.5

    def forward(self, x: HostArray) -> HostArray:
        return np.tanh(x @ self.W + self.b)

    def loss(self, x: HostArray, y: HostArray) -> float:
        return float(0.5 * np.sum((self.forward(x) - y) ** 2) / len(x))

    def train(self, x: HostArray, y: HostArray) -> None:
        out = self.forward(x)
        self.W = self.W - self.lr * x.T @ ((out - y) * (1 - out**2) / len(x))


class FixedAndWrong(FixedBias):
    def train(self, x: HostArray, y: HostArray) -> None:
        self.W = self.W + 0.5 * x.T @ (self.forward(x) - y)


def test_a_plain_number_that_no_step_changes_is_told_apart() -> None:
    (read, fits), _ = find(FixedBias, stepped_claims)
    assert (read.fixed, fits) == (("b",), True)
    assert [path.name for path in read.learned.paths] == ["W"]
    (read, fits), _ = find(FixedAndWrong, stepped_claims)
    assert (read.fixed, fits) == ((), False)
    (read, fits), _ = find(Layer, stepped_claims)
    assert (read.fixed, fits) == ((), True)
