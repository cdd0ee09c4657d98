"""The arrays in what a student's backprop returned, however they were packed."""

from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.left_gradients import by_layer

__all__ = ["Unfit", "arrays_in"]

OBJECTS_LISTED = 6  # in a message, at most
STACK_OF_MATRICES = 3  # dimensions of an array that holds a matrix for each layer


class Unfit(StudentError):
    """What backprop returned cannot be read in one way.

    Attributes:
        fitting: how many arrays fitted all the same: the way with the most is the likeliest.

    """

    def __init__(self, line: str, fitting: int) -> None:
        """Keep how many arrays fitted."""
        super().__init__(line)
        self.fitting = fitting


def arrays_in(returned: Any, layers: int) -> list[Any]:
    """What was returned as a flat list of 2 * layers arrays.

    Args:
        returned: two lists, a list of pairs, one long list, or a dictionary of these.
        layers: so many gradients of weights, and of biases, are expected.

    Raises:
        Unfit: there are more or fewer.

    """
    should = f"it should return {layers} gradients of weights and {layers} of biases, in two lists"
    if returned is None:
        raise Unfit(f"backprop returned None (did you forget to return?); {should}", -1)
    values = returned
    if isinstance(returned, dict):
        values = by_layer(returned) or list(returned.values())
    if not isinstance(values, list | tuple | np.ndarray):
        raise Unfit(f"backprop returned an object of type {type(returned).__name__}; {should}", -1)
    packed = list(values)
    groups = [_group(item) for item in packed]
    if len(packed) == 2 and all(len(group) in (layers, layers + 1) for group in groups):
        # A longer list begins with something for the input layer.
        return [item for group in groups for item in group[-layers:]]
    if len(packed) == 2 * layers:
        return packed
    if len(packed) == layers and all(len(group) == 2 for group in groups):
        return [item for group in groups for item in group]
    listed = ", ".join(map(_in_words, packed[:OBJECTS_LISTED]))
    more = ", ..." if len(packed) > OBJECTS_LISTED else ""
    raise Unfit(f"backprop returned {len(packed)} objects ({listed}{more}); {should}", -1)


def _in_words(item: Any) -> str:
    """An array with its shape, a list with its length, or the type of anything else."""
    if _group(item):
        return f"a list of {len(_group(item))}"
    if isinstance(item, np.ndarray):
        return f"an array {item.shape}"
    return f"type {type(item).__name__}"


def _group(item: Any) -> list[Any]:
    """The arrays in a list of arrays; none if the item is itself an array of numbers."""
    is_list = isinstance(item, list | tuple) or (
        isinstance(item, np.ndarray) and (item.dtype == object or item.ndim == STACK_OF_MATRICES)
    )
    return list(item) if is_list else []
