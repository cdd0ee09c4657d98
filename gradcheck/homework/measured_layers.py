"""What slopes of one example show of each fully connected layer: dC/dz and the activations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.layer_by_example import ALIKE, alike
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.layer_places import places_of_layers
from gradcheck.homework.look import Look
from gradcheck.homework.our_network import in_book_shapes
from nets.arrays import HostArray

__all__ = ["MeasuredLayer", "costs_of_layers", "measured_layers"]

# Inputs of a layer. Those of larger layers are taken from the mini-batch, not measured: measuring
# takes some costs for each of them. Chosen.
MOST_INPUTS = 64
# dC/dz of a neuron below this part of the largest in its layer is too small to divide by: the
# slopes have about nine digits of the largest, so six would be left. Chosen.
TOO_SMALL = 1e-3


@dataclass(frozen=True, eq=False)
class MeasuredLayer:
    """What slopes of one example show of one layer.

    Attributes:
        right: (n_down,) dC/dz.
        upstream: (n_up,) the upstream activations.
        decay: the cost contains the squares of the weights times half of this.
        transposed: whether square weights are the transposes of the book's.

    """

    right: HostArray
    upstream: HostArray
    decay: float
    transposed: bool


def costs_of_layers(facts: PartFacts) -> int:
    """How many costs ``measured_layers`` takes for one example; 0 where there are no layers."""
    if places_of_layers(facts.arrays) is None:
        return 0
    slots = [array.slot for array in facts.arrays if array.slot is not None]
    return sum(4 * slot.n_up if slot.is_weights else 2 * slot.n_down for slot in slots)


def measured_layers(look: Look) -> list[MeasuredLayer] | None:
    """Measure each layer at one example.

    Args:
        look: with one example.

    Returns:
        None if the arrays are no fully connected layers, or do not behave like them.

    """
    places = places_of_layers(look.facts.arrays)
    found = []
    for number, (weights, biases) in enumerate(places or ()):
        layer = _measured(look, weights, biases, is_first=number == 0)
        if layer is None:
            return None
        found.append(layer)
    return found or None


def _measured(look: Look, weights: int, biases: int, *, is_first: bool) -> MeasuredLayer | None:
    """The layer whose weights and biases are at two positions.

    The slopes of row j of the weights are dC/dz_j times the upstream activations, and perhaps a
    decay times the weights. Two rows give both. If they do not fit together, this is no such layer.
    """
    array, batch = look.facts.arrays[weights], look.facts.batch
    assert array.slot is not None
    right = look.slopes(biases, np.arange(look.facts.arrays[biases].value.size))
    first, second = (int(np.argsort(np.abs(right))[::-1][k % right.size]) for k in (0, 1))
    if not right[first]:
        return None
    if is_first and array.slot.n_up > MOST_INPUTS and batch is not None:
        return MeasuredLayer(right, np.asarray(batch.inputs[:, 0]), 0.0, transposed=False)
    rows = [first, second]
    if second == first or abs(right[second]) <= TOO_SMALL * abs(right[first]):
        rows = [first]
    square = array.slot.n_up == array.slot.n_down
    for transposed in (False, True) if square else (False,):
        places, values = (
            in_book_shapes([array.slot], [each], transposed=transposed)[0]
            for each in (np.arange(array.value.size).reshape(array.value.shape), array.value)
        )
        slopes = [look.slopes(weights, places[row]) / right[row] for row in rows]
        found = _activations(slopes, [values[row] / right[row] for row in rows])
        if found is not None:
            return MeasuredLayer(right, *found, transposed)
    return None


def _activations(
    slopes: Sequence[HostArray], weights: Sequence[HostArray]
) -> tuple[HostArray, float] | None:
    """The upstream activations and the decay, from one or two rows divided by their dC/dz.

    Args:
        slopes: (n_up,) of each row of the weights.
        weights: (n_up,) of each row itself.

    Returns:
        None if two rows do not fit together.

    """
    if len(slopes) == 1:
        return slopes[0], 0.0
    one, two = slopes
    difference = weights[0] - weights[1]
    decay = float(difference @ (one - two)) / float(difference @ difference)
    size = abs(decay) * float(np.max(np.abs(difference)))
    if size <= ALIKE * float(np.max(np.abs(one))):
        decay = 0.0
    upstream = one - decay * weights[0]
    return (upstream, decay) if alike(upstream, two - decay * weights[1]) else None
