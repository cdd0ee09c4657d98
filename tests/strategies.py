"""Hypothesis strategies: networks with mini-batches that fit them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.initialisation import INITIALISATIONS
from nets.network import Network

__all__ = ["ANALYTIC", "Problem", "mini_batch", "problems", "seeds"]

ANALYTIC = tuple(name for name, activation in ACTIVATIONS.items() if activation.analytic)

seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Problem:
    """A network with a mini-batch."""

    network: Network
    inputs: HostArray
    targets: HostArray


def mini_batch(
    sizes: list[int], batch_size: int, cost: str, seed: int
) -> tuple[HostArray, HostArray]:
    """Dense inputs, and targets that suit the cost; no target is 0 or 1."""
    generator = np.random.default_rng([seed, 1])
    inputs = generator.standard_normal((sizes[0], batch_size))
    targets = generator.uniform(0.05, 0.95, (sizes[-1], batch_size))
    if cost == "fused-softmax-cross-entropy":
        targets = targets / np.sum(targets, axis=0)
    return inputs, targets


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    activations: tuple[str, ...] = tuple(ACTIVATIONS),
    costs: tuple[str, ...] = tuple(COSTS),
    scales: tuple[float, ...] = (0.1, 1.0, 3.0),
    deepest: int = 4,
    widest: int = 6,
) -> Problem:
    """Networks from one layer on, batches from one example on; the parameters are scaled."""
    sizes = draw(st.lists(st.integers(1, widest), min_size=2, max_size=deepest + 1))
    batch_size = draw(st.integers(1, 5))
    cost = draw(st.sampled_from(costs))
    seed = draw(seeds)
    network = Network.create(
        sizes,
        activation=draw(st.sampled_from(activations)),
        cost=cost,
        initialisation=draw(st.sampled_from(tuple(INITIALISATIONS))),
        seed=seed,
    )
    scale = draw(st.sampled_from(scales))
    network = network.with_parameters([scale * array for array in network.parameters])
    return Problem(network, *mini_batch(sizes, batch_size, cost, seed))
