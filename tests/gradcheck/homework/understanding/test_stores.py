"""Arrays are read from and written to lists, attributes and dicts."""

from types import SimpleNamespace

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.stores import Attributes, DictItems, ListItems


def test_what_is_written_is_read_and_what_is_beside_stays() -> None:
    own = SimpleNamespace(w=[None, 1, 2], W1=1, W2=2, params={"W1": 1, "W2": 2, "other": 9})
    for store in (
        ListItems(own, "w", [None]),
        Attributes(own, ("W1", "W2")),
        DictItems(own, "params", ("W1", "W2")),
    ):
        assert store.read() == [1, 2]
        store.write([5, 6])
        assert store.read() == [5, 6]
    assert own.w == [None, 5, 6]
    assert (own.W1, own.W2) == (5, 6)
    assert own.params == {"W1": 5, "W2": 6, "other": 9}


def test_a_read_only_attribute_is_told() -> None:
    class Fixed:
        @property
        def w(self) -> list[int]:
            return [1]

    with pytest.raises(StudentError, match=r"w cannot be assigned .*; make it an ordinary"):
        ListItems(Fixed(), "w").write([2])
