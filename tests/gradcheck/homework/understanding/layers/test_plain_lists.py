"""Layers without NumPy: which they are, and their lists."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.plain_lists import (
    arrays_of,
    is_list_of_numbers,
    lists_of,
    works_in_lists,
)
from tests.gradcheck.homework.understanding.layers.dense import Dense

PLAIN = """
import math


class Shift:
    def __init__(self):
        self.b = [0.5, math.pi]
"""


def made(text: str) -> Any:
    names: dict[str, Any] = {"__name__": "homework"}
    exec(text, names)
    return names["Shift"]()


def test_a_class_that_uses_only_pythons_own_library_works_in_lists() -> None:
    assert works_in_lists(made(PLAIN))


@pytest.mark.parametrize(
    "line", ["import numpy", "from numpy import exp", "from numpy import array as a"]
)
def test_a_class_beside_numpy_works_in_arrays(line: str) -> None:
    assert not works_in_lists(made(line + PLAIN))
    assert not works_in_lists(Dense())


@pytest.mark.parametrize("value", [[], [1, 2], [[1.0], [1.0, 2.0]], [[]], (1.0,), ["a"]])
def test_other_lists_are_no_numbers(value: Any) -> None:
    assert not is_list_of_numbers(value)
    assert is_list_of_numbers([[1.0, 2.0], [3.0, 4.0]])


def test_arrays_become_lists_and_come_back() -> None:
    array = np.arange(6.0).reshape(2, 3)
    assert lists_of(array) == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    back = arrays_of((lists_of(array), "cache"))
    assert np.array_equal(back[0], array)
    assert back[1] == "cache"
    assert lists_of(Path("x")) == Path("x")
