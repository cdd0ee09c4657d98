"""Losses that are right for one output alone."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost
from gradcheck.homework.understanding.one_output import (
    fits,
    has_one_output,
    one_output_shapes,
    open_for_several_outputs,
)

X = np.random.default_rng(0).standard_normal((6, 4))


@pytest.mark.parametrize("factor", [1.0, 1.0 + 1e-6, 4.0, -1.0, 1.1])
def test_gradients_are_held_to_the_cost(factor: float) -> None:
    def claims(values: Any) -> Any:
        return [NamedGradients("", False, [factor * 2.0 * values[0]])]

    part = Part(
        "loss",
        (NamedArray("x", X, is_input=True),),
        PartCost("squares", lambda values: np.sum(values[0] ** 2)),
        claims,
    )
    assert fits(part) == (abs(factor - 1.0) < 1e-5)


def test_entries_that_nearly_cancel_along_the_direction_make_no_difference() -> None:
    direction = np.random.default_rng(8).standard_normal(X.shape)
    slope = X - direction * np.sum(X * direction) / np.sum(direction**2)

    def claims(values: Any) -> Any:
        return [NamedGradients("", False, [slope + 1e-6 * X])]

    array = NamedArray("x", X, is_input=True)
    cost = PartCost("a plane", lambda values: np.sum(slope * values[0]))
    assert fits(Part("plane", (array,), cost, claims))


def test_a_layer_may_compute_in_float32() -> None:
    def cost(values: Any) -> Any:
        return np.sum(np.tanh(values[0].astype(np.float32)), dtype=np.float32)

    def part(factor: float) -> Part:
        array = NamedArray("x", X, is_input=True)
        slope = factor * (1.0 - np.tanh(X) ** 2)
        return Part(
            "tanh", (array,), PartCost("tanh", cost), lambda _: [NamedGradients("", False, [slope])]
        )

    assert fits(part(1.0))
    assert not fits(part(0.9))


def test_the_shapes_of_one_output() -> None:
    assert list(one_output_shapes("mse", (6, 4))) == [(6, 1), (6,)]
    for name, shape in (("mse", (6,)), ("mse", (6, 1)), ("CategoricalCrossEntropy", (6, 4))):
        assert list(one_output_shapes(name, shape)) == []


def test_names_of_losses_with_one_output() -> None:
    found = [has_one_output(name) for name in ("BCELoss", "log_loss", "MSE", "cross_entropy")]
    assert found == [True, True, False, False]


def test_what_stays_open_is_told() -> None:
    left = open_for_several_outputs("mse", 4)
    assert left.is_open
    assert left.name == "mse with several outputs"
    assert "right for one output, and not for 4" in left.line
