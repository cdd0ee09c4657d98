"""Looks at a network in memory, without another process."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.look import Look
from gradcheck.homework.slots import Slot
from nets.arrays import HostArray

__all__ = ["SIZES", "arrays_of", "examples", "look_of"]

SIZES = (4, 5, 3)
Change = Callable[[list[HostArray]], list[HostArray]]


def arrays_of(sizes: Sequence[int] = SIZES) -> list[NamedArray]:
    """Random weights (n_down, n_up) and biases (n_down, 1) of each layer."""
    generator = np.random.default_rng(7)
    found = []
    for layer, (up, down) in enumerate(pairwise(sizes), start=1):
        for kind, shape in (("weights", (down, up)), ("biases", (down, 1))):
            value = generator.standard_normal(shape)
            found.append(NamedArray(f"{kind}{layer}", value, Slot(layer, kind, up, down, shape)))
    return found


def examples(count: int, sizes: Sequence[int] = SIZES) -> MiniBatch:
    """The first of some random inputs and targets, as columns."""
    generator = np.random.default_rng(8)
    inputs = generator.standard_normal((9, sizes[0])).T[:, :count]
    return MiniBatch(inputs, generator.random((9, sizes[-1])).T[:, :count])


def passed(values: Sequence[HostArray], batch: MiniBatch) -> list[HostArray]:
    """The activations of each layer, the inputs first."""
    activations = [batch.inputs]
    for weights, biases in zip(values[::2], values[1::2], strict=True):
        activations.append(np.arctan(weights @ activations[-1] + biases))
    return activations


def cost_of(values: Sequence[HostArray], batch: MiniBatch, decay: float) -> Any:
    """Half the sum of squares over the number of examples, with a decay of the weights."""
    squares = sum(np.sum(weights**2) for weights in values[::2])
    apart = passed(values, batch)[-1] - batch.targets
    return 0.5 * np.sum(apart**2) / batch.size + 0.5 * decay * squares


def gradients_of(values: Sequence[HostArray], batch: MiniBatch, decay: float) -> list[HostArray]:
    """The right gradients of this cost."""
    activations = passed(values, batch)
    found: list[HostArray] = []
    back = (activations[-1] - batch.targets) / batch.size
    for place in range(len(values) - 2, -1, -2):
        delta = back * np.cos(activations[place // 2 + 1]) ** 2
        gradient = delta @ activations[place // 2].T + decay * values[place]
        found = [gradient, delta.sum(axis=1, keepdims=True), *found]
        back = values[place].T @ delta
    return found


def look_of(
    batch: MiniBatch,
    change: Change = lambda gradients: gradients,
    *,
    sizes: Sequence[int] = SIZES,
    decay: float = 0.0,
) -> Look:
    """A look at a network of arctan; the gradients that it claims are those that a change makes."""
    arrays = arrays_of(sizes)
    values = [array.value for array in arrays]
    facts = PartFacts(
        *("Net", tuple(arrays), [], None, (), False, "cost", False, 1, {"cost": 1e-5}, ()),
        batch=batch,
        batch_size=batch.size,
    )
    claimed = Candidate("", False, None, tuple(change(gradients_of(values, batch, decay))))
    engine: Any = OneByOne(lambda moved: cost_of(moved, batch, decay), values)
    return Look(facts, claimed, engine)
