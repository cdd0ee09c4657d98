"""Attributes in a dict, in slots, in both, and in neither."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.attributes import attributes_of


class Plain:
    def __init__(self) -> None:
        self.W = 1


@dataclass(slots=True)
class Slotted:
    data: int = 2
    grad: int = 3


class Below(Slotted):
    def __init__(self) -> None:
        super().__init__()
        self.name = "w"


class Hidden:
    __slots__ = "__data"

    def __init__(self) -> None:
        self.__data = 4


@pytest.mark.parametrize(
    ("own", "held"),
    [
        (Plain(), {"W": 1}),
        (Slotted(), {"data": 2, "grad": 3}),
        (Below(), {"data": 2, "grad": 3, "name": "w"}),
        (Hidden(), {"_Hidden__data": 4}),
        (Hidden.__new__(Hidden), {}),
        (2.0, {}),
        (np.ones(2), {}),
        ([1.0], {}),
    ],
)
def test_what_an_object_itself_holds(own: Any, held: dict[str, Any]) -> None:
    assert attributes_of(own) == held
    assert all(getattr(own, name) == value for name, value in held.items())
