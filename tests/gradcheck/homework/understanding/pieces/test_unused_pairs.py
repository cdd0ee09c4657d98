"""The pairs of functions that a network does not use."""

from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.pieces.unused_pairs import unused_pairs
from gradcheck.homework.understanding.pieces.used_code import code_of
from tests.gradcheck.homework.students import caller


def tanh(Z: Any) -> Any:  # noqa: N803 (as students write it)
    return np.tanh(Z), Z


def tanh_backward(dA: Any, cache: Any) -> Any:  # noqa: N803
    return dA * (1 - np.tanh(cache) ** 2)


MODULE = StudentModule(
    Path("homework.py"), {"tanh": tanh, "tanh_backward": tanh_backward}, __name__
)


def test_a_pair_that_is_not_used_is_a_part_and_one_that_is_used_is_not() -> None:
    ((part, is_input),) = unused_pairs(MODULE, frozenset(), Asked(), caller())
    assert part.name == "tanh with tanh_backward"
    assert is_input == [True]
    code = code_of(tanh_backward)
    assert code is not None
    assert not list(unused_pairs(MODULE, frozenset({code}), Asked(), caller()))
