"""Methods that make their arrays anew go on from the arrays that are there."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.by_trying.kept_arrays import arrays_kept


class Model:
    def __init__(self) -> None:
        self.w: Any = None
        self.b: Any = None
        self.seen: Any = None

    def fit(self, x: Any) -> None:
        self.w = np.zeros(len(x))
        self._begin()
        self.seen = x
        for _ in range(2):
            self.w = self.w - x
            self.b -= 1.0

    def _begin(self) -> None:
        self.b = 0.0


def test_what_is_assigned_before_it_is_read_keeps_its_value() -> None:
    model = Model()
    model.w, model.b = np.ones(2), 5.0
    with arrays_kept(model, {"w", "b"}):
        model.fit(np.array([1.0, 2.0]))
    assert np.array_equal(model.w, [-1.0, -3.0])
    assert model.b == 3.0
    assert np.array_equal(model.seen, [1.0, 2.0])  # this name was not among them
    assert type(model) is Model
    model.fit(np.array([1.0, 2.0]))
    assert np.array_equal(model.w, [-2.0, -4.0])


def test_each_call_leaves_one_assignment_out() -> None:
    model = Model()
    model.w, model.b = np.ones(1), 0.0
    for _ in range(2):
        with arrays_kept(model, {"w", "b"}):
            model.fit(np.array([1.0]))
    assert np.array_equal(model.w, [-3.0])


def test_the_class_is_put_back_after_an_error() -> None:
    model = Model()
    with pytest.raises(TypeError), arrays_kept(model, {"w"}):
        model.fit(None)
    assert type(model) is Model
    with pytest.raises(TypeError), arrays_kept(3.0, {"w"}):
        pass
