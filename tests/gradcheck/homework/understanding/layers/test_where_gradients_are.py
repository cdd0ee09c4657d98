"""The gradient of a parameter is found by its name, wherever it is kept."""

from collections import deque
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object, value_at
from gradcheck.homework.understanding.layers.where_gradients_are import gradient_place

ONE, TWO = np.ones(3), np.full(3, 2.0)


@pytest.mark.parametrize(
    "held",
    [
        {"W": ONE, "dW": TWO},
        {"weights": ONE, "dweights": TWO},
        {"weights": ONE, "dW": TWO},
        {"w": ONE, "grad_w": TWO},
        {"weight": ONE, "weight_grad": TWO},
        {"gamma": ONE, "dgamma": TWO, "dg": ONE},
        {"BW": ONE, "dLdBW": TWO},
        {"W1": ONE, "dW2": ONE, "dW1": TWO},
        {"params": {"w": ONE}, "grads": {"w": TWO}},
        {"params": {"w": ONE}, "grads": {"dw": TWO}},
        {"params": [ONE], "grads": [TWO]},
        {"W": ONE, "grads": {"W": TWO}},
        {"weight": {"W": ONE}, "weight_update": {"W": TWO}},
        {"W": {"val": ONE, "grad": TWO}},
        {"W": SimpleNamespace(data=ONE, grad=TWO)},
        {"p": SimpleNamespace(W=ONE), "g": SimpleNamespace(W=TWO)},
        {"p": deque([ONE]), "g": deque([TWO])},
        {"p": (ONE,), "grads": (TWO,)},
        {"_Layer__W": ONE, "_Layer__dW": TWO},
    ],
)
def test_where_it_may_be(held: dict[str, Any]) -> None:
    own = SimpleNamespace(**held)
    place = gradient_place(own, arrays_in_object(own)[0])
    assert place is not None
    assert value_at(own, place) is TWO


@pytest.mark.parametrize(
    "held",
    [{"W": ONE}, {"W": ONE, "db": TWO}, {"W": ONE, "velocity": TWO}, {"W1": ONE, "dW2": TWO}],
)
def test_where_it_is_not(held: dict[str, Any]) -> None:
    own = SimpleNamespace(**held)
    assert gradient_place(own, arrays_in_object(own)[0]) is None


def test_an_array_under_two_names_is_found_by_either() -> None:
    own = SimpleNamespace(first=ONE, params=[ONE], grads=[TWO])
    (found,) = [each for each in arrays_in_object(own) if each.array is ONE]
    assert len(found.paths) == 2
    place = gradient_place(own, found)
    assert place is not None
    assert value_at(own, place) is TWO
