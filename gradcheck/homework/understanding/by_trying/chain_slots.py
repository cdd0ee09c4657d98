"""The place of each array in a fully connected network, found by shapes along the chain."""

from collections.abc import Sequence

import numpy as np

from gradcheck.homework.slots import Slot
from nets.arrays import HostArray

__all__ = ["chain_slots"]


def chain_slots(values: Sequence[HostArray], n_input: int, n_output: int) -> list[Slot | None]:
    """A slot for each array, if they are the weights and biases of a chain of layers; else None.

    Args:
        values: the arrays, the weights in the order of the layers.
        n_input: neurons in the input layer.
        n_output: neurons in the output layer.

    >>> [slot.name for slot in chain_slots([np.ones((3, 4)), np.ones(3)], 4, 3)]
    ['layer 1 weights', 'layer 1 biases']

    """
    nothing: list[Slot | None] = [None] * len(values)
    found = list(nothing)
    is_bias = [value.ndim < 2 or value.size == max(value.shape) for value in values]
    weights = [place for place, bias in enumerate(is_bias) if not bias]
    biases = [place for place, bias in enumerate(is_bias) if bias]
    if len(weights) != len(biases):
        return nothing
    n_up = n_input
    for layer, place in enumerate(weights, start=1):
        shape = values[place].shape
        if len(shape) != 2 or n_up not in shape:
            return nothing
        n_down = shape[0] if shape[1] == n_up else shape[1]
        bias = next((each for each in biases if np.size(values[each]) == n_down), None)
        if bias is None:
            return nothing
        biases.remove(bias)
        found[place] = Slot(layer, "weights", n_up, n_down, shape)
        found[bias] = Slot(layer, "biases", n_up, n_down, values[bias].shape)
        n_up = n_down
    return found if n_up == n_output else nothing
