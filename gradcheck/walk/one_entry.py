"""One weight or bias: its gradient by the chain rule and by equation (46), side by side."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.check import check_network
from gradcheck.engines.engine import displacements, largest_size, scale_floor, steps_for
from gradcheck.show.numbers import json_number
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.verdict import Verdict
from gradcheck.walk.chain import OneEntry, Path, paths_to
from gradcheck.walk.walk_step import Passes

__all__ = ["Explained", "explained"]

FORWARD = "forward"  # the name of the scheme of equation (46)


@dataclass(frozen=True)
class Explained:
    """What backprop and (46) say of one entry.

    Attributes:
        entry: which one.
        value: its number.
        paths: for each example, the paths from the cost to the entry.
        backprop: dC/dw by backprop, over all examples.
        cost: C.
        moved_cost: C with the entry moved.
        step: how far it was moved.
        error_bar: of the slope, as ``gradcheck verify`` finds it.
        verdict: as ``gradcheck verify`` gives it.

    """

    entry: OneEntry
    value: float
    paths: tuple[tuple[Path, ...], ...]
    backprop: float
    cost: float
    moved_cost: float
    step: float
    error_bar: float
    verdict: Verdict

    @property
    def slope(self) -> float:
        """Equation (46): (C(w + h) - C(w)) / h."""
        return (self.moved_cost - self.cost) / self.step

    @property
    def of_examples(self) -> list[float]:
        """The part of each example in the gradient: the sum of the products of its paths."""
        return [sum(path.product for path in paths) for paths in self.paths]

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "layer": self.entry.layer,
            "array": "biases" if self.entry.upstream is None else "weights",
            "index": list(self.entry.index),
            "value": self.value,
            "examples": [[path.to_dict() for path in paths] for paths in self.paths],
            "backprop": self.backprop,
            "cost": self.cost,
            "moved_cost": self.moved_cost,
            "step": self.step,
            "numerical": self.slope,
            "error_bar": json_number(self.error_bar),
            "verdict": self.verdict.word,
        }


def explained(passes: Passes, entry: OneEntry) -> Explained:
    """Take the gradient of one entry apart, and measure it by (46)."""
    network, batch = passes.network, passes.batch
    parameters = network.parameters
    array = parameters[entry.which]
    value = array[entry.index]
    epsilon = scheme_named(FORWARD).epsilon
    steps = steps_for(np.array([value]), epsilon, scale_floor(largest_size(array), epsilon))
    step = float(displacements(np.array([value]), steps, (1,))[0, 0])
    moved = array.copy()
    moved[entry.index] = value + step
    others = [moved if n == entry.which else each for n, each in enumerate(parameters)]
    moved_cost = network.with_parameters(others).cost(batch.inputs, batch.targets)
    found = check_network(network, batch.inputs, batch.targets, scheme=FORWARD).arrays[entry.which]
    position = int(np.ravel_multi_index(entry.index, array.shape))
    return Explained(
        entry=entry,
        value=float(value),
        paths=tuple(tuple(paths_to(passes, entry, each)) for each in range(batch.size)),
        backprop=float(found.backprop[position]),
        cost=passes.cost,
        moved_cost=float(moved_cost),
        step=step,
        error_bar=float(found.error_bar[position]),
        verdict=Verdict(int(found.verdicts[position])),
    )
