"""Losses of probabilities whose gradient is that of softmax, or sigmoid, and cost together."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost
from gradcheck.homework.understanding.layers.fused_loss import is_of_scores, of_scores
from nets.arrays import HostArray

GENERATOR = np.random.default_rng(1)
SCORES = GENERATOR.standard_normal((6, 4))
P = np.exp(SCORES) / np.exp(SCORES).sum(axis=1, keepdims=True)
NUMBERS = GENERATOR.integers(0, 4, 6)
T = np.eye(4)[NUMBERS]
Loss = Callable[[HostArray], Any]


def loss_of(cost: Loss, gradient: Loss, p: HostArray = P) -> Part:
    return Part(
        "Loss",
        (NamedArray("x", p.copy(), is_input=True),),
        PartCost("its own loss", lambda values: cost(values[0])),
        lambda values: [NamedGradients("", False, [gradient(values[0])])],
    )


def cross_entropy(p: HostArray) -> Any:
    return -np.sum(T * np.log(p)) / 6


def binary(p: HostArray) -> Any:
    return -np.sum(T * np.log(p) + (1 - T) * np.log(1 - p)) / 6


def slope(part: Part, where: tuple[int, int]) -> float:
    """The central difference of the cost at an entry."""
    sides = []
    for step in (1e-6, -1e-6):
        x = part.arrays[0].value.copy()
        x[where] += step
        sides.append(float(part.cost.at([x])))
    return (sides[0] - sides[1]) / 2e-6


@pytest.mark.parametrize("targets", [T, NUMBERS])
@pytest.mark.parametrize("cost", [cross_entropy, binary])
def test_p_minus_t_is_compared_with_respect_to_the_scores(cost: Loss, targets: Any) -> None:
    part = of_scores(loss_of(cost, lambda p: (p - T) / 6), targets)
    assert is_of_scores(part)
    claim = part.claims_at([part.arrays[0].value])[0].arrays[0]
    np.testing.assert_allclose(claim, (P - T) / 6, rtol=1e-9)
    for where in ((0, 0), (3, 2), (5, 3)):
        assert slope(part, where) == pytest.approx(claim[where], abs=1e-8)


def test_examples_in_columns() -> None:
    part = of_scores(
        loss_of(lambda p: -np.sum(T.T * np.log(p)) / 6, lambda p: (p - T.T) / 6, P.T), T.T
    )
    claim = part.claims_at([part.arrays[0].value])[0].arrays[0]
    assert slope(part, (2, 1)) == pytest.approx(claim[2, 1], abs=1e-8)


def test_a_missing_mean_stays_a_mistake() -> None:
    part = of_scores(loss_of(cross_entropy, lambda p: p - T), T)
    claim = part.claims_at([part.arrays[0].value])[0].arrays[0]
    assert claim[1, 1] == pytest.approx(6 * slope(part, (1, 1)), rel=1e-5)


@pytest.mark.parametrize(
    ("cost", "gradient", "p"),
    [
        (cross_entropy, lambda p: -T / p / 6, P),  # its own gradient
        (lambda p: np.sum((p - T) ** 2) / 12, lambda p: (p - T) / 6, P),  # no cross-entropy
        (cross_entropy, lambda p: (p - 2 * T) / 6, P),
        (cross_entropy, lambda p: (T - p) / 6, P),
        (lambda x: np.sum(x), lambda x: x - T, SCORES),  # no probabilities
        # The gradient of the scores of another cost: backward does not return p - t.
        (
            lambda p: np.sum((p - T) ** 2) / 2,
            lambda p: p * (p - T - np.sum(p * (p - T), 1)[:, None]),
            P,
        ),
    ],
)
def test_everything_else_stays_as_it_is(cost: Loss, gradient: Loss, p: HostArray) -> None:
    part = loss_of(cost, gradient, p)
    assert of_scores(part, T) is part
    assert not is_of_scores(part)
