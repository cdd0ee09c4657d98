"""The costs that gradients of code may belong to."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.cost_of_code import (
    CostOfCode,
    cost_of_output_named,
    costs_of,
    half_of_squares,
)
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    BATCH,
    Layer,
    code_of,
    learned_by,
    trial_of,
)

X, Y = BATCH.inputs.T, BATCH.targets.T


class NoLoss(Layer):
    loss = None  # type: ignore[assignment]


class MeanOfSquares(Layer):
    def loss(self, x: HostArray, y: HostArray) -> float:
        return float(np.mean((self.forward(x) - y) ** 2))


def found(own: Any, source: str = "", asked: str | None = None) -> list[CostOfCode]:
    return costs_of(code_of(own), trial_of(), learned_by(own, "W", "b"), source, asked)


def half(own: Any) -> CostOfCode | None:
    code, learned = code_of(own), learned_by(own, "W", "b")
    (cost,) = found(own)
    return half_of_squares(cost, trial_of(), code, learned)


def test_the_codes_own_cost_is_the_only_one() -> None:
    (cost,) = found(Layer())
    assert (cost.name, cost.guessed) == ("loss(x, y)", False)
    assert "the student's own loss" in cost.finding.text
    assert cost.value(code_of(Layer())) == pytest.approx(Layer().loss(X, Y))


def test_the_cost_that_was_asked_for_comes_before_the_own() -> None:
    (cost,) = found(Layer(), asked="quadratic")
    assert (cost.name, cost.guessed) == ("quadratic", False)
    assert "given by --cost" in cost.finding.text


def test_without_an_own_cost_the_usual_ones_are_guessed() -> None:
    costs = found(NoLoss())
    assert [cost.name for cost in costs] == ["quadratic"]
    assert costs[0].guessed
    assert costs[0].value(code_of(NoLoss())) == pytest.approx(Layer().loss(X, Y))


def test_a_number_that_does_not_change_smoothly_is_no_cost() -> None:
    class Steps(Layer):
        def loss(self, x: HostArray, y: HostArray) -> float:
            return float(np.sum(self.forward(x) > 0.0))

    assert found(Steps())[0].name == "quadratic"


def test_an_own_cost_that_fails_is_told() -> None:
    class Broken(Layer):
        def loss(self, x: HostArray, y: HostArray) -> float:
            raise ValueError("no loss yet")

    with pytest.raises(StudentError, match="no loss yet; mend it"):
        found(Broken())


def test_a_cost_of_the_output_is_the_mean_over_the_examples() -> None:
    cost = cost_of_output_named("quadratic", trial_of(), "why", guessed=True)
    assert cost.value(code_of(Layer())) == pytest.approx(Layer().loss(X, Y))
    assert "(why)" in cost.finding.text


def test_steps_may_follow_half_the_sum_of_squares() -> None:
    cost = half(MeanOfSquares())
    assert cost is not None
    own: Code = code_of(MeanOfSquares())
    assert cost.value(own) == pytest.approx(5 * Layer().loss(X, Y))
    assert "mean of the squares" in cost.finding.text
    assert half(Layer()) is None  # its own cost is half the sum already


@pytest.mark.parametrize(
    ("setting", "own_name", "names"),
    [
        ("mse", "binary_cross_entropy", ["binary_cross_entropy(x, y)", "quadratic"]),
        ("bce", "binary_cross_entropy", ["binary_cross_entropy(x, y)"]),
        ("mse", "compute_loss", ["compute_loss(x, y)"]),
        ("hinge", "binary_cross_entropy", ["binary_cross_entropy(x, y)"]),
    ],
)
def test_an_attribute_may_name_a_cost_that_no_function_is(
    setting: str, own_name: str, names: list[str]
) -> None:
    kind = type("Own", (NoLoss,), {own_name: Layer.loss})
    own = kind()
    own.loss_function = setting
    costs = found(own)
    assert [cost.name for cost in costs] == names
    assert [cost.guessed for cost in costs] == [False, True][: len(names)]
