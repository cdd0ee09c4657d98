"""What slopes of one example show of each fully connected layer of a student's network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.layer_by_example import ALIKE, LayerByExample, alike
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.look import Look
from gradcheck.homework.our_network import are_layers, in_book_shapes
from nets.arrays import HostArray

__all__ = ["MeasuredLayer", "costs_of_layers", "layers_by_example", "measured_layers"]

# The inputs of larger layers are taken from the mini-batch, not measured.
MOST_INPUTS = 64
# dC/dz of a neuron below this part of the largest in its layer is too small to divide by.
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
    slots = [array.slot for array in facts.arrays if array.slot is not None]
    if not are_layers(slots, len(facts.arrays)):
        return 0
    return sum(4 * slot.n_up if slot.is_weights else 2 * slot.n_down for slot in slots)


def measured_layers(look: Look) -> list[MeasuredLayer] | None:
    """Measure each layer at one example.

    Args:
        look: with one example.

    Returns:
        None if the arrays are no fully connected layers, or do not behave like them.

    """
    slots = [array.slot for array in look.facts.arrays if array.slot is not None]
    if not are_layers(slots, len(look.facts.arrays)):
        return None
    found = []
    for position in range(0, len(slots), 2):
        layer = _measured(look, position)
        if layer is None:
            return None
        found.append(layer)
    return found


def _measured(look: Look, position: int) -> MeasuredLayer | None:
    """The layer whose weights are at a position, and whose biases are at the next one.

    The slopes of row j of the weights are dC/dz_j times the upstream activations, and perhaps a
    decay times the weights. Two rows give both; if they do not fit, this is no such layer.
    """
    arrays, batch = look.facts.arrays[position : position + 2], look.facts.batch
    slots = [array.slot for array in arrays if array.slot is not None]
    right = look.slopes(position + 1, np.arange(arrays[1].value.size))
    first, second = (np.argsort(np.abs(right))[::-1][k % right.size] for k in (0, 1))
    if not right[first]:
        return None
    if position == 0 and slots[0].n_up > MOST_INPUTS and batch is not None:
        return MeasuredLayer(right, np.asarray(batch.inputs[:, 0]), 0.0, transposed=False)
    has_two = second != first and abs(right[second]) > TOO_SMALL * abs(right[first])
    square = slots[0].n_up == slots[0].n_down
    for transposed in (False, True) if square else (False,):
        where = np.arange(arrays[0].value.size).reshape(arrays[0].value.shape)
        places, weights = (
            in_book_shapes(slots[:1], [each], transposed=transposed)[0]
            for each in (where, arrays[0].value)
        )
        one = look.slopes(position, places[first]) / right[first]
        if not has_two:
            return MeasuredLayer(right, one, 0.0, transposed)
        two = look.slopes(position, places[second]) / right[second]
        difference = weights[first] / right[first] - weights[second] / right[second]
        decay = float(difference @ (one - two)) / float(difference @ difference)
        upstream = one - decay * weights[first] / right[first]
        if alike(upstream, two - decay * weights[second] / right[second]):
            size = abs(decay) * float(np.max(np.abs(difference)))
            is_decay = size > ALIKE * float(np.max(np.abs(one)))
            return MeasuredLayer(right, upstream, decay if is_decay else 0.0, transposed)
    return None


def layers_by_example(
    looks: Sequence[Look], measured: Sequence[Sequence[MeasuredLayer]]
) -> list[LayerByExample]:
    """Each layer at all examples.

    Args:
        looks: k of them, each with one example.
        measured: what was measured in each.

    """
    arrays = looks[0].facts.arrays
    slots = [array.slot for array in arrays if array.slot is not None]
    found = []
    for number, each in enumerate(zip(*measured, strict=True)):
        pair = slice(2 * number, 2 * number + 2)
        transposed = all(layer.transposed for layer in each)
        weights, biases = in_book_shapes(
            slots[pair], [array.value for array in arrays[pair]], transposed=transposed
        )
        claims = [
            in_book_shapes(slots[pair], look.claimed.gradients[pair], transposed=transposed)
            for look in looks
        ]
        found.append(
            LayerByExample(
                number=number + 1,
                weights=weights,
                biases=biases[:, 0],
                upstream=np.stack([layer.upstream for layer in each]),
                right=np.stack([layer.right for layer in each]),
                claimed_biases=np.stack([claim[1][:, 0] for claim in claims]),
                claimed_weights=np.stack(
                    [
                        claim[0] - layer.decay * weights
                        for claim, layer in zip(claims, each, strict=True)
                    ]
                ),
            )
        )
    return found
