"""A layer as a part: its cost fits its claims, and wrong claims do not fit."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.part import layer_part
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.layers.dense import (
    Dense,
    SquaredLoss,
    X,
    trial_of,
)


def part_of(own: Any, targets: Any = None) -> Any:
    return layer_part(trial_of(own, targets), "the layer")


def slope(part: Any, position: int) -> tuple[float, float]:
    """Along a random direction of one array: measured, and claimed."""
    values = part.values
    direction = np.random.default_rng(5).standard_normal(values[position].shape)

    def at(step: float) -> float:
        moved: list[HostArray] = list(values)
        moved[position] = values[position] + step * direction
        return float(part.cost.at(moved))

    claimed = part.claims_at(values)[0].arrays[position]
    return (at(1e-5) - at(-1e-5)) / 2e-5, float(np.sum(claimed * direction))


def test_the_claims_are_slopes_of_the_cost() -> None:
    part = part_of(Dense())
    assert [array.name for array in part.arrays] == ["x", "w", "b"]
    for position in range(3):
        measured, claimed = slope(part, position)
        assert claimed == pytest.approx(measured, rel=1e-6)


def test_a_wrong_gradient_is_no_slope() -> None:
    class Wrong(Dense):
        def backward(self, grad: Any) -> Any:
            super().backward(grad)
            return grad @ np.abs(self.w).T

    measured, claimed = slope(part_of(Wrong()), 0)
    assert claimed != pytest.approx(measured, rel=1e-3)


def test_a_loss_is_its_own_cost() -> None:
    part = part_of(SquaredLoss(), np.zeros(X.shape))
    assert part.cost.name == "its own loss"
    assert part.cost.at([X]) == pytest.approx(0.5 * np.sum(X**2))


def test_a_backward_that_leaves_no_gradients_is_refused() -> None:
    class Silent(Dense):
        def backward(self, grad: Any) -> Any:
            return grad @ self.w.T

    with pytest.raises(StudentError, match=r"Silent\.backward leaves no gradient of w, b"):
        part_of(Silent())
