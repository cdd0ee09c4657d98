"""The names of what a function returns."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from gradcheck.homework.understanding.by_trying.returned_names import (
    returned_names,
    returns_gradients,
)


def gradients(x: Any, scale: Any = 1) -> Any:
    if x is None:
        return x, 3
    dw1 = db1 = x
    return dw1, db1


def items(x: Any) -> Any:
    return x[0], x


def numbers(x: Any) -> Any:
    return 1, 2


def single(x: Any) -> Any:
    return x


@pytest.mark.parametrize(
    ("function", "names"),
    [(gradients, ["dw1", "db1"]), (items, ["x[0]", "x"]), (numbers, []), (single, []), (len, [])],
)
def test_the_names_in_the_last_tuple(function: Callable[..., Any], names: list[str]) -> None:
    assert returned_names(function) == names


def test_two_names_of_gradients_are_gradients() -> None:
    assert returns_gradients(gradients)
    assert returns_gradients(partial(gradients, scale=2))
    assert not returns_gradients(items)
