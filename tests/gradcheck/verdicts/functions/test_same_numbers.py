"""Whether things hold the same numbers."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.functions.same_numbers import (
    deep_copy,
    hold_the_same,
    largest_size,
    near,
)

NAN = float("nan")


def things(number: float) -> Any:
    return {"a": [np.array([1.0, NAN, number])], "b": (SimpleNamespace(c=number), "text", NAN)}


def test_copies_hold_the_same_and_a_changed_number_shows_anywhere() -> None:
    one = things(3.0)
    copied = deep_copy(one)
    assert hold_the_same(one, copied)
    copied["a"][0][2] = 4.0
    assert not hold_the_same(one, copied)
    changed = deep_copy(one)
    changed["b"][0].c = 4.0
    assert not hold_the_same(one, changed)


@pytest.mark.parametrize(
    ("one", "other"),
    [(np.ones(2), np.ones((2, 1))), ([1], (1,)), ([1], [1, 2]), ({"a": 1}, {"b": 1})],
)
def test_other_shapes_and_kinds_differ(one: Any, other: Any) -> None:
    assert not hold_the_same(one, other)


def test_rounding_does_not_count() -> None:
    array = np.array([1.0, NAN])
    assert near(array, array * (1.0 + 1e-9), 1.0)
    assert not near(array, array * 1.001, 1.0)
    assert not near(array, np.ones(3), 1.0)
    assert largest_size(np.array([-3.0, 2.0])) == 3.0
    assert largest_size(np.zeros(0)) == 0.0
