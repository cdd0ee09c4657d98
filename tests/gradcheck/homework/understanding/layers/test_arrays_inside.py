"""Arrays inside an object are found wherever they are, each once, and can be replaced."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.arrays_inside import (
    arrays_in_object,
    put,
    value_at,
)


def test_arrays_in_attributes_dicts_lists_and_inner_objects() -> None:
    own = SimpleNamespace(
        w=np.ones(2),
        params={"b": np.ones(3)},
        layers=[SimpleNamespace(w=np.ones(4))],
        count=3,
        labels=np.arange(3),
        name="text",
    )
    assert [each.name for each in arrays_in_object(own)] == ["w", "params['b']", "layers[0].w"]


def test_an_array_under_two_names_is_found_once_and_replaced_under_both() -> None:
    shared = np.ones(2)
    own = SimpleNamespace(w=shared, params={"w": shared})
    (found,) = arrays_in_object(own)
    assert len(found.paths) == 2
    put(own, found, np.array([5.0, 6.0]))
    for path in found.paths:
        np.testing.assert_array_equal(value_at(own, path), [5.0, 6.0])


def test_a_circle_ends() -> None:
    own = SimpleNamespace(w=np.ones(2))
    own.me = own
    assert [each.name for each in arrays_in_object(own)] == ["w"]


class Shared:
    w = np.zeros(2)


@dataclass(frozen=True)
class Frozen:
    w: Any


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda w: SimpleNamespace(pair=(w, 1)), "pair[0]"),
        (lambda w: SimpleNamespace(held=deque([w])), "held[0]"),
        (lambda _: Shared(), "w"),
        (lambda w: Frozen(w), "w"),
    ],
)
def test_arrays_in_unusual_places_are_found_and_replaced(
    make: Callable[[Any], Any], name: str
) -> None:
    own = make(np.zeros(2))
    (found,) = arrays_in_object(own)
    assert found.name == name
    put(own, found, np.array([5.0, 6.0]))
    np.testing.assert_array_equal(value_at(own, found.paths[0]), [5.0, 6.0])
    np.testing.assert_array_equal(Shared.w, 0.0)  # what other objects share stays
