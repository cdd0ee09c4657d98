"""The factors from the cost to one weight or bias: a product for each path through the network."""

import math
from dataclasses import dataclass
from typing import Any

from gradcheck.walk.walk_step import Passes
from nets.arrays import HostArray

__all__ = ["Factor", "OneEntry", "Path", "paths_to"]

# With more paths than this, one factor stands for all that lies downstream of the entry's layer.
MOST_PATHS = 12
# Factors of a path: with more, its list would not fit on a screen beside equation (46).
MOST_FACTORS = 11


@dataclass(frozen=True)
class OneEntry:
    """A weight or a bias.

    Attributes:
        layer: counted from 1.
        neuron: its row, counted from 0 as in Python.
        upstream: its column likewise; None for a bias.

    """

    layer: int
    neuron: int
    upstream: int | None

    @property
    def which(self) -> int:
        """The position of its array among the parameters of the network."""
        return 2 * (self.layer - 1) + (self.upstream is None)

    @property
    def index(self) -> tuple[int, int]:
        """Its index in that array."""
        return self.neuron, self.upstream or 0

    @property
    def name(self) -> str:
        """Such as ``layer 2 weights [0, 2]``."""
        array = "biases" if self.upstream is None else "weights"
        return f"layer {self.layer} {array} [{self.index[0]}, {self.index[1]}]"


@dataclass(frozen=True)
class Factor:
    """One factor of a path."""

    name: str
    value: float


@dataclass(frozen=True)
class Path:
    """A path from the cost to the entry; what it adds to the gradient is its product."""

    factors: tuple[Factor, ...]

    @property
    def product(self) -> float:
        """All factors multiplied."""
        return math.prod(factor.value for factor in self.factors)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings."""
        factors = [{"name": each.name, "value": each.value} for each in self.factors]
        return {"factors": factors, "product": self.product}


def paths_to(passes: Passes, entry: OneEntry, example: int) -> list[Path]:
    """The paths of one example; the sum of their products is the example's part of the gradient.

    Args:
        passes: a forward and a backward pass.
        entry: the weight or bias.
        example: counted from 0.

    """
    position, neuron = entry.layer - 1, entry.neuron
    slopes = [
        layer.activation.derivative(trace.z, trace.downstream_activations)[:, example]
        for layer, trace in zip(passes.network.layers, passes.traces, strict=True)
    ]
    own = Factor(_slope_name(passes, position, neuron), float(slopes[position][neuron]))
    last = Factor("1", 1.0)
    if entry.upstream is not None:
        activation = passes.traces[position].upstream_activations[entry.upstream, example]
        last = Factor(f"a{position}[{entry.upstream}]", float(activation))
    downstream = passes.network.sizes[entry.layer + 1 :]
    is_short = 2 * len(downstream) + 3 <= MOST_FACTORS and math.prod(downstream) <= MOST_PATHS
    arriving = (
        _arriving_paths(passes, slopes, position, neuron, example)
        if is_short
        else [(_arriving(passes, position, neuron, example),)]
    )
    return [Path((*factors, own, last)) for factors in arriving]


def _arriving_paths(
    passes: Passes, slopes: list[HostArray], position: int, neuron: int, example: int
) -> list[tuple[Factor, ...]]:
    """The factors from the cost to the activation of a neuron, for each path."""
    if position == len(passes.traces) - 1:
        return [(_arriving(passes, position, neuron, example),)]
    weights = passes.network.layers[position + 1].weights
    found = []
    for j in range(weights.shape[0]):
        slope = Factor(_slope_name(passes, position + 1, j), float(slopes[position + 1][j]))
        weight = Factor(f"w{position + 2}[{j}, {neuron}]", float(weights[j, neuron]))
        for factors in _arriving_paths(passes, slopes, position + 1, j, example):
            found.append((*factors, slope, weight))
    return found


def _arriving(passes: Passes, position: int, neuron: int, example: int) -> Factor:
    gradient = passes.gradients[position].gradient_wrt_downstream_activations
    return Factor(f"dC/da{position + 1}[{neuron}]", float(gradient[neuron, example]))


def _slope_name(passes: Passes, position: int, neuron: int) -> str:
    return f"{passes.network.layers[position].activation.name}'(z{position + 1}[{neuron}])"
