"""Arrays and dtypes as a pickle describes them."""

from typing import Any

import numpy as np
import pytest

from nets.data.pickled_array import MOST_BYTES, PickledArray, PickledDtype, array_from, shown
from nets.errors import BadInput

U1 = PickledDtype("u1")


def test_bytes_become_an_array_of_the_machine_s_own_byte_order() -> None:
    kind = PickledDtype("i2")
    kind.fill((3, ">", None, None, None, -1, -1, 0))
    array = array_from(b"\0\1\0\2\0\3\0\4", kind, (2, 2), "C")
    assert array.tolist() == [[1, 2], [3, 4]]
    assert array.dtype == np.dtype("i2")
    assert array_from(b"\0\1\0\2\0\3\0\4", kind, (2, 2), "F").tolist() == [[1, 3], [2, 4]]


@pytest.mark.parametrize("name", ["b1", "u1", "i8", "<f4", ">f8", "|u1", "f2"])
def test_dtypes_of_numbers(name: str) -> None:
    assert PickledDtype(name).dtype == np.dtype(name)


@pytest.mark.parametrize("name", ["O", "O8", "U4", "V8", "f4,f4", "M8[s]", "c16", "f4 ", 4, None])
def test_other_dtypes(name: Any) -> None:
    with pytest.raises(BadInput, match="arrays should hold numbers"):
        PickledDtype(name)


@pytest.mark.parametrize(
    "state", [(3, "<", None, ("x",)), (3, "<", None, None, {"x": 1}), (3, "?", None, None, None)]
)
def test_the_state_of_a_record(state: tuple[Any, ...]) -> None:
    with pytest.raises(BadInput, match="an array of records"):
        U1.fill(state)


@pytest.mark.parametrize(
    ("kind", "shape", "order", "message"),
    [
        ("u1", (4,), "C", "in an unknown way"),
        (U1, (4,), "A", "in an unknown way"),
        (U1, [4], "C", "whose shape is a list"),
        (U1, (1,) * 8 + (4,), "C", "whose shape is a tuple"),
        (U1, (-4,), "C", "an axis of an impossible length"),
        (U1, (4.0,), "C", "an axis of an impossible length"),
        (U1, (True, 4), "C", "an axis of an impossible length"),
        (U1, (0, MOST_BYTES + 1), "C", "an axis of an impossible length"),
        (U1, (5,), "C", r"4 bytes for an array of shape \(5,\), which needs 5"),
        (PickledDtype("f8"), (4,), "C", "which needs 32"),
    ],
)
def test_what_describes_no_array(kind: Any, shape: Any, order: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        array_from(b"abcd", kind, shape, order)


def test_an_array_begins_empty() -> None:
    assert PickledArray().array.size == 0
    assert PickledArray(np.ones(2)).array.tolist() == [1.0, 1.0]


def test_what_is_shown_is_short() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert shown(endless) == "a list"
    assert len(shown("x" * 10**6)) == 40
