"""Where the weights and biases of each layer are."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.layer_places import places_of_layers
from tests.gradcheck.homework.looks import arrays_of

ARRAYS = arrays_of()


def numbered(first: int) -> list[NamedArray]:
    """The same layers, counted from another number."""
    return [
        replace(array, slot=array.slot and replace(array.slot, layer=array.slot.layer + first - 1))
        for array in ARRAYS
    ]


def test_layers_are_in_their_order_wherever_their_arrays_are() -> None:
    assert places_of_layers(ARRAYS) == [(0, 1), (2, 3)]
    assert places_of_layers([ARRAYS[k] for k in (3, 0, 2, 1)]) == [(1, 3), (2, 0)]


def test_layers_may_be_counted_from_zero() -> None:
    assert places_of_layers(numbered(0)) == [(0, 1), (2, 3)]


def test_what_is_not_just_weights_and_biases_has_no_places() -> None:
    assert places_of_layers([]) is None
    assert places_of_layers(ARRAYS[:3]) is None  # biases are missing
    assert places_of_layers([*ARRAYS, NamedArray("gamma", np.ones(3))]) is None
    assert places_of_layers([*ARRAYS[:2], *numbered(2)[2:]]) is None  # layer 2 is missing
