"""What slopes of one example show of each fully connected layer of a student's network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.layer_by_example import ALIKE, LayerByExample, alike
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.look import Look
from gradcheck.homework.our_network import in_book_shapes
from nets.arrays import HostArray

__all__ = [
    "MeasuredLayer",
    "claims_of_last",
    "costs_of_layers",
    "layers_by_example",
    "measured_layers",
    "places_of_layers",
]

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


def places_of_layers(arrays: Sequence[NamedArray]) -> list[tuple[int, int]] | None:
    """The positions of the weights and of the biases of each layer, from the first to the last.

    Args:
        arrays: of a part. Its layers may be counted from 0.

    Returns:
        None if the arrays are not just weights and biases, both of every layer.

    """
    found = {
        (array.slot.layer, array.slot.is_weights): place
        for place, array in enumerate(arrays)
        if array.slot is not None
    }
    layers = sorted({layer for layer, _ in found})
    consecutive = [layer - layers[0] for layer in layers] == list(range(len(layers)))
    if len(found) < max(len(arrays), 2 * len(layers)) or not layers or not consecutive:
        return None
    return [(found[layer, True], found[layer, False]) for layer in layers]


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
    decay times the weights. Two rows give both; if they do not fit, this is no such layer.
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


def claims_of_last(look: Look, measured: MeasuredLayer) -> tuple[HostArray, HostArray]:
    """The gradients that are claimed in the last layer: of the weights and of the biases.

    Args:
        look: at any examples.
        measured: the last layer, at one of them.

    Returns:
        (n_down, n_up), without regularisation, and (n_down,).

    """
    places = places_of_layers(look.facts.arrays)
    assert places is not None
    arrays = [look.facts.arrays[place] for place in places[-1]]
    slots = [array.slot for array in arrays if array.slot is not None]
    (values, _), (weights, biases) = (
        in_book_shapes(slots, pair, transposed=measured.transposed)
        for pair in (
            [array.value for array in arrays],
            [look.claimed.gradients[place] for place in places[-1]],
        )
    )
    return weights - measured.decay * values, biases[:, 0]


def layers_by_example(
    looks: Sequence[Look], measured: Sequence[Sequence[MeasuredLayer]]
) -> list[LayerByExample]:
    """Each layer at all examples.

    Args:
        looks: k of them, each with one example.
        measured: what was measured in each.

    """
    arrays = looks[0].facts.arrays
    places = places_of_layers(arrays)
    assert places is not None
    return [
        _layer(looks, each, place)
        for each, place in zip(zip(*measured, strict=True), places, strict=True)
    ]


def _layer(
    looks: Sequence[Look], measured: Sequence[MeasuredLayer], places: tuple[int, int]
) -> LayerByExample:
    """One layer at all examples; its weights and its biases are at two positions."""
    arrays = [looks[0].facts.arrays[place] for place in places]
    slots = [array.slot for array in arrays if array.slot is not None]
    transposed = all(layer.transposed for layer in measured)

    def shaped(pair: Sequence[HostArray]) -> list[HostArray]:
        return in_book_shapes(slots, pair, transposed=transposed)

    weights, biases = shaped([array.value for array in arrays])
    claims = [shaped([look.claimed.gradients[place] for place in places]) for look in looks]
    data = [claim[0] - layer.decay * weights for claim, layer in zip(claims, measured, strict=True)]
    return LayerByExample(
        number=slots[0].layer,
        weights=weights,
        biases=biases[:, 0],
        upstream=np.stack([layer.upstream for layer in measured]),
        right=np.stack([layer.right for layer in measured]),
        claimed_biases=np.stack([claim[1][:, 0] for claim in claims]),
        claimed_weights=np.stack(data),
    )
