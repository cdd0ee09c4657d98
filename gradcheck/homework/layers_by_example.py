"""What slopes of one example show of each fully connected layer of a student's network."""

from collections.abc import Sequence

import numpy as np

from gradcheck.diagnosis.layer_by_example import LayerByExample
from gradcheck.homework.layer_places import places_of_layers
from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import MeasuredLayer
from gradcheck.homework.our_network import in_book_shapes
from nets.arrays import HostArray

__all__ = ["claims_of_last", "layers_by_example"]


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
