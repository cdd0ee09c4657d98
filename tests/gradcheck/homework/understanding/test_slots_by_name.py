"""Places in a network, as names and shapes say them."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.slots_by_name import sizes_in, slots_by_name

ROWS = {"W1": (5, 4), "b1": (4,), "W2": (4, 3), "b2": (1, 3)}
COLUMNS = {"W1": (4, 5), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1)}


def found(shapes: dict[Any, tuple[int, ...]]) -> list[tuple[str, int, int] | None]:
    slots = slots_by_name([*shapes], [np.ones(shape) for shape in shapes.values()])
    return [None if slot is None else (slot.name, slot.n_up, slot.n_down) for slot in slots]


def sizes(shapes: dict[Any, tuple[int, ...]]) -> tuple[int, ...]:
    return sizes_in([*shapes], [np.ones(shape) for shape in shapes.values()])


@pytest.mark.parametrize("shapes", [ROWS, COLUMNS])
def test_biases_say_which_side_of_the_weights_is_downstream(
    shapes: dict[Any, tuple[int, ...]],
) -> None:
    assert found(shapes) == [
        ("layer 1 weights", 5, 4),
        ("layer 1 biases", 5, 4),
        ("layer 2 weights", 4, 3),
        ("layer 2 biases", 4, 3),
    ]
    assert sizes(shapes) == (5, 4, 3)


def test_layers_are_in_the_order_of_their_numbers() -> None:
    assert sizes(dict(reversed(ROWS.items()))) == (5, 4, 3)


@pytest.mark.parametrize(
    "shapes",
    [
        {"W1": (5, 4)},  # no biases
        {"W1": (5, 4, 2), "b1": (4,)},  # no matrix
        {"W1": (5, 4), "b1": (3,)},  # the biases of no side
        {"gamma": (4,), 3: (5, 4)},
    ],
)
def test_where_names_and_shapes_say_nothing_there_is_no_place(
    shapes: dict[Any, tuple[int, ...]],
) -> None:
    assert found(shapes) == [None] * len(shapes)
    with pytest.raises(StudentError, match="do not say the sizes; give --sizes"):
        sizes(shapes)
