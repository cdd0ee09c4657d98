"""Small networks to walk through, over all activations and costs."""

from collections.abc import Iterator

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.walk.walk_step import Passes
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from nets.network import Network
from tests.strategies import mini_batch

__all__ = ["all_kinds", "passes_of"]


def passes_of(
    *sizes: int, activation: str = "sigmoid", cost: str = "quadratic", examples: int = 3
) -> Passes:
    network = Network.create(sizes, activation=activation, cost=cost, seed=1)
    inputs, targets = mini_batch(list(sizes), examples, cost, 2)
    return Passes.of(network, MiniBatch(np.asarray(inputs), np.asarray(targets)))


def all_kinds(*sizes: int) -> Iterator[Passes]:
    for activation in ACTIVATIONS:
        for cost in COSTS:
            yield passes_of(*sizes, activation=activation, cost=cost)
