"""The place of each array in a chain of layers, by shapes."""

import numpy as np
import pytest

from gradcheck.homework.understanding.by_trying.chain_slots import chain_slots


def names(*shapes: tuple[int, ...], ends: tuple[int, int] = (4, 3)) -> list[str | None]:
    slots = chain_slots([np.ones(shape) for shape in shapes], *ends)
    return [None if slot is None else slot.name for slot in slots]


@pytest.mark.parametrize("shapes", [((5, 4), (3, 5)), ((4, 5), (5, 3)), ((5, 4), (5, 3))])
@pytest.mark.parametrize("bias", [(5,), (5, 1), (1, 5)])
def test_weights_in_any_layout_and_biases_anywhere(
    shapes: tuple[tuple[int, ...], ...], bias: tuple[int, ...]
) -> None:
    assert names(shapes[0], shapes[1], (3,), bias) == [
        *("layer 1 weights", "layer 2 weights", "layer 2 biases", "layer 1 biases")
    ]


@pytest.mark.parametrize(
    "shapes",
    [
        ((5, 4), (5,)),  # the last layer has no 3 neurons
        ((5, 4), (3, 5), (5,)),  # biases are missing
        ((5, 4), (3, 6), (5,), (3,)),  # the layers do not fit together
        ((5, 4), (3, 5), (5,), (4,)),  # biases of another size
        ((5, 4, 2), (3, 5), (5,), (3,)),  # no matrix
    ],
)
def test_what_is_no_chain_has_no_places(shapes: tuple[tuple[int, ...], ...]) -> None:
    assert names(*shapes) == [None] * len(shapes)
