"""Parameters that a class keeps elsewhere than those that are compared."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.not_compared import not_compared

X = np.random.default_rng(5).standard_normal((4, 3))


class Net:
    """One layer with a scale behind it."""

    def __init__(self) -> None:
        self.W = np.ones((3, 2))
        self.bn = {"gamma": np.full(2, 1.5)}
        self.bn_grads: dict[str, Any] = {}
        self.alpha = 0.25
        self.z: Any = None

    def cost(self) -> float:
        self.z = X @ self.W
        return float(np.sum(np.tanh(self.bn["gamma"] * self.z)) + self.alpha)

    def backward(self) -> Any:
        self.cost()
        slope = 1.0 - np.tanh(self.bn["gamma"] * self.z) ** 2
        self.dz = slope * self.bn["gamma"]
        self.bn_grads = {"gamma": np.sum(slope * self.z, axis=0)}
        self.dalpha = 1.0
        return X.T @ self.dz


def part_of(own: Net) -> Part:
    def cost_at(values: Values) -> float:
        own.W = values[0]
        return own.cost()

    def claims_at(values: Values) -> list[NamedGradients]:
        own.W = values[0]
        return [NamedGradients("dW", False, [own.backward()])]

    return Part("Net", (NamedArray("W", own.W),), PartCost("cost", cost_at), claims_at, "backward")


def names(own: Net) -> list[str]:
    return [each.name for each in not_compared(part_of(own), own, own, 0)]


def test_what_has_a_gradient_and_changes_the_cost_is_told() -> None:
    own = Net()
    found = not_compared(part_of(own), own, own, 0)
    assert [each.name for each in found] == ["bn['gamma']", "alpha"]
    assert all(each.is_open for each in found)
    assert found[0].line == (
        "the cost depends on it, and backward leaves its gradient, but only W are compared"
    )
    np.testing.assert_array_equal(own.bn["gamma"], 1.5)  # as it was


def test_what_forward_computes_is_no_parameter_though_backward_leaves_its_gradient() -> None:
    class Plain(Net):
        def cost(self) -> float:
            self.z = X @ self.W
            return float(np.sum(np.tanh(self.z)))

        def backward(self) -> Any:
            self.cost()
            self.dz = 1.0 - np.tanh(self.z) ** 2
            return X.T @ self.dz

    assert names(Plain()) == []


def test_a_cost_that_is_drawn_tells_nothing() -> None:
    class Drawn(Net):
        generator = np.random.default_rng(1)

        def cost(self) -> float:
            return super().cost() + self.generator.standard_normal()

    assert names(Drawn()) == []


@pytest.mark.parametrize("method", ["cost", "backward"])
def test_an_error_of_the_student_is_left_to_the_check(method: str) -> None:
    def fails() -> Any:
        raise StudentError("not yet")

    own = Net()
    part = part_of(own)
    setattr(own, method, fails)
    assert not_compared(part, own, own, 0) == ()
