"""The cost that code has of its own."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.own_cost import (
    OwnCost,
    expect_no_broken_cost,
    is_cost_name,
    own_costs,
)
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    BATCH,
    ROWS,
    Layer,
    code_of,
    trial_of,
)

X, Y = BATCH.inputs.T, BATCH.targets.T


def costs_of(own: Any) -> list[str]:
    return [cost.name for cost in own_costs(code_of(own), trial_of(None))]


def test_a_function_of_examples_that_gives_a_number_is_a_cost() -> None:
    (cost,) = own_costs(code_of(Layer()), trial_of())
    assert cost.name == "loss"
    assert cost.value(code_of(Layer())) == pytest.approx(Layer().loss(X, Y))
    assert cost.as_array(code_of(Layer())).shape == (1,)


def test_a_forward_pass_that_takes_targets_may_go_on_to_the_cost() -> None:
    class Own(Layer):
        def forward(self, x: HostArray, y: HostArray) -> Any:  # type: ignore[override]
            return 0.5 * np.sum((super().forward(x) - y) ** 2) / len(x)

        loss = None  # type: ignore[assignment]

    assert costs_of(Own()) == ["forward"]
    # The forward pass that gives the output is no cost, even of one output.
    trial = trial_of()
    assert trial.forward is not None
    assert trial.forward.name == "forward"
    assert "forward" not in [cost.name for cost in own_costs(code_of(Layer()), trial)]


def test_names_that_say_cost_come_first() -> None:
    class Own(Layer):
        def badness(self, x: HostArray, y: HostArray) -> float:
            return 2.0 * self.loss(x, y)

        def accuracy(self, x: HostArray, y: HostArray) -> float:
            return 0.5

    assert costs_of(Own()) == ["loss", "badness"]


def test_what_gives_no_finite_number_is_no_cost() -> None:
    class Own:
        def loss(self, x: Any, y: Any) -> Any:
            return np.inf

        def cost(self, x: Any, y: Any) -> Any:
            return np.ones((2, 2))

        def error(self, dout: Any, y: Any) -> Any:
            return 1.0

    assert costs_of(Own()) == []


@pytest.mark.parametrize(
    "returned", [(2.0, {"dW": 1}), (np.ones((2, 2)), 2.0), ({"dW": 1}, 2.0), [2.0, 3.0]]
)
def test_the_cost_among_gradients(returned: Any) -> None:
    class Own:
        def loss(self, x: Any, y: Any) -> Any:
            return returned

    assert OwnCost("loss", trial_of(None)).value(code_of(Own())) == 2.0


def test_a_cost_in_another_way_than_the_forward_pass() -> None:
    class Own(Layer):
        def loss(self, x: HostArray, y: HostArray) -> float:
            assert x.shape == (4, 5)
            return super().loss(x.T, y.T)

    (cost,) = own_costs(code_of(Own()), trial_of(None))
    assert cost.trial.way is not ROWS
    assert cost.value(code_of(Own())) == pytest.approx(Layer().loss(X, Y))


def test_the_cost_of_single_examples_is_their_mean() -> None:
    class Own(Layer):
        def loss(self, x: HostArray, y: HostArray) -> float:
            assert x.ndim == 1
            return super().loss(x[None], y[None])

    (cost,) = own_costs(code_of(Own()), trial_of())
    assert cost.value(code_of(Own())) == pytest.approx(Layer().loss(X, Y))


def test_a_cost_that_fails_is_told_and_no_other_one_stands_for_it() -> None:
    class Broken:
        def loss(self, x: Any, y: Any) -> Any:
            return 1 / 0

    class Returns(Broken):
        def loss(self, x: Any, y: Any) -> Any:
            return np.ones((2, 2))

    for own, words in ((Broken(), "raised ZeroDivisionError"), (Returns(), "returned")):
        with pytest.raises(StudentError, match=f"{words}.*mend it, or use --cost"):
            expect_no_broken_cost(code_of(own), trial_of(None))
    expect_no_broken_cost(code_of(Layer()), trial_of())


@pytest.mark.parametrize("name", ["get_cost", "calculate_loss", "total_cost", "costo"])
def test_a_cost_by_any_of_its_names_must_not_fail(name: str) -> None:
    def broken(self: Any, x: Any, y: Any) -> Any:
        return 1 / 0

    own = type("Own", (), {name: broken})()
    with pytest.raises(StudentError, match="raised ZeroDivisionError"):
        expect_no_broken_cost(code_of(own), trial_of(None))


@pytest.mark.parametrize(
    ("name", "is_cost"),
    [
        ("J", True),
        ("MSE", True),
        ("binary_cross_entropy", True),
        ("train_loss", False),
        ("loss_prime", False),
        ("x", False),
    ],
)
def test_names_of_costs(name: str, is_cost: bool) -> None:
    assert is_cost_name(name) is is_cost
