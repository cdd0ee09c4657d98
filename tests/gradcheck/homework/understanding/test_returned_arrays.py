"""The arrays in what backprop returned, however they were packed."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.returned_arrays import Unfit, arrays_in

B1, B2, W1, W2 = np.ones((4, 1)), np.ones((3, 1)), np.ones((4, 6)), np.ones((3, 4))
IN_ORDER = [B1, B2, W1, W2]

PACKED: dict[str, Any] = {
    "two lists": ([B1, B2], [W1, W2]),
    "two tuples in a list": [(B1, B2), (W1, W2)],
    "a dictionary of lists": {"biases": [B1, B2], "weights": [W1, W2]},
    "one list": [B1, B2, W1, W2],
    "a dictionary of arrays": {"below": B1, "above": B2, "left": W1, "right": W2},
    "lists that begin with nothing": ([None, B1, B2], [None, W1, W2]),
}


@pytest.mark.parametrize("how", PACKED)
def test_the_arrays_come_in_their_order(how: str) -> None:
    found = arrays_in(PACKED[how], 2)
    assert len(found) == 4
    assert all(one is other for one, other in zip(found, IN_ORDER, strict=True))


def test_names_with_the_number_of_a_layer_give_the_order() -> None:
    found = arrays_in({"db2": B2, "dW2": W2, "db1": B1, "dW1": W1}, 2)
    assert all(one is other for one, other in zip(found, [W1, B1, W2, B2], strict=True))


def test_pairs_of_three_layers() -> None:
    assert arrays_in([(1, 2), (3, 4), (5, 6)], 3) == [1, 2, 3, 4, 5, 6]


def test_a_stack_of_matrices_is_a_list_of_them() -> None:
    found = arrays_in((np.ones((2, 3, 1)), np.zeros((2, 3, 3))), 2)
    assert [array.shape for array in found] == [(3, 1), (3, 1), (3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (None, "backprop returned None (did you forget to return?); it should return 2 gradients"),
        (0.5, "backprop returned an object of type float; it should return 2 gradients"),
        ([B1, 3.0, [W1, W2]], "3 objects (an array (4, 1), type float, a list of 2); it should"),
        ([1.0] * 9, "9 objects (type float, type float, type float, type float, type float, type"),
    ],
)
def test_what_cannot_be_unpacked(returned: Any, words: str) -> None:
    with pytest.raises(Unfit) as error:
        arrays_in(returned, 2)
    assert words in error.value.line
    assert error.value.fitting < 0
