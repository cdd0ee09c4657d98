"""How far the results at another place are from those of NumPy, in units of round-off."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

import numpy as np

from gradcheck.engines.batched import Batched
from gradcheck.engines.engine import Engine
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES
from nets.activations import ACTIVATIONS
from nets.arrays import CPU, HostArray, Place, to_numpy
from nets.costs import COSTS
from nets.layers import parameter_gradients
from nets.network import Network
from tests.strategies import mini_batch

__all__ = ["LIMITS", "distances"]

UNIT_ROUNDOFF = 2.0**-53
SIZES = [16, 11, 7, 5]
# One entry in so many has its gradient measured.
EVERY = 13
BATCH_SIZE = 6

# The largest distance that is allowed in float64. The unit is the round-off of the largest entry of
# an array. For a difference of costs over a step it is the round-off of the cost, over that step.
# Another library may sum a product in another order, and its functions may differ in the last
# digit. A relative change of 1e-12 is about 9,000 units, far beyond every limit.
LIMITS = {
    "parameters drawn with the same seed": 0.0,
    "output": 50.0,
    "cost": 50.0,
    "gradients by backprop": 100.0,
    "gradients by forward, batched": 50.0,
    "gradients by forward, one-by-one": 50.0,
    "gradients by central, batched": 50.0,
    "gradients by central, one-by-one": 50.0,
    "gradients by five-point, batched": 50.0,
    "gradients by five-point, one-by-one": 50.0,
    "gradients by complex, batched": 500.0,
    "gradients by complex, one-by-one": 500.0,
}


def distances(where: Place, activations: Iterable[str] = ACTIVATIONS) -> dict[str, float]:
    """The largest distance of each kind, over some activations and all costs."""
    worst = dict.fromkeys(LIMITS, 0.0)
    for activation, cost in product(activations, COSTS):
        here = dict(_results(CPU, activation, cost))
        for (kind, number), (found, unit) in _results(where, activation, cost):
            wanted, _ = here[kind, number]
            worst[kind] = max(worst[kind], float(np.max(np.abs(found - wanted))) / unit)
    return worst


Result = tuple[tuple[str, int], tuple[HostArray, float]]


def _results(where: Place, activation: str, cost: str) -> Iterator[Result]:
    """Each array with its kind and its number, and the unit in which its distance is measured."""
    network = Network.create(SIZES, activation=activation, cost=cost, seed=3, where=where)
    inputs, targets = map(where.put, mini_batch(SIZES, BATCH_SIZE, cost, seed=3))

    def told(kind: str, arrays: Any, unit: float = 0.0) -> Iterator[Result]:
        for number, array in enumerate(arrays):
            found = to_numpy(array)
            yield (kind, number), (found, unit or UNIT_ROUNDOFF * float(np.max(np.abs(found))))

    yield from told("parameters drawn with the same seed", network.parameters)
    yield from told("output", [network.feedforward(inputs)])
    yield from told("cost", [network.cost(inputs, targets)])
    gradients = parameter_gradients(network.backprop(inputs, targets))
    yield from told("gradients by backprop", gradients)
    engines: tuple[Callable[[], Engine], ...] = (
        lambda: Batched(network, inputs, targets),
        lambda: OneByOne.of_network(network, inputs, targets),
    )
    for scheme, make in product(SCHEMES.values(), engines):
        if scheme.is_complex and not ACTIVATIONS[activation].analytic:
            continue
        engine = make()
        estimates = []
        for which, array in enumerate(network.parameters):
            chosen = np.arange(0, array.size, EVERY)
            entries = Entries.of(engine, ParameterArray(which, array), chosen, scheme)
            estimates.append(scheme.estimate(entries.slopes(scheme.epsilon)))
        step = 1.0 if scheme.is_complex else scheme.epsilon
        unit = UNIT_ROUNDOFF * (1.0 + abs(engine.base_cost)) / step
        yield from told(f"gradients by {scheme.name}, {engine.name}", estimates, unit)
