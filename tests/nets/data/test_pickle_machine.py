"""The stack machine: what it builds, and what it refuses to call."""

from typing import Any

import numpy as np
import pytest

from nets.data.pickle_machine import Machine
from nets.data.pickled_array import PickledArray, PickledDtype
from nets.errors import BadInput


def called(name: str, *arguments: Any) -> Any:
    """The result of a call as a pickle makes it."""
    machine = Machine(1000)
    machine.stack += [machine.named(name), arguments]
    return machine.call()


def test_values_are_taken_from_the_top() -> None:
    machine = Machine(1000)
    machine.stack += [1, 2, 3]
    assert machine.take(2) == (2, 3)
    assert machine.stack == [1]
    with pytest.raises(IndexError):
        machine.take(2)


def test_all_above_the_last_mark() -> None:
    machine = Machine(1000)
    machine.stack += ["below", 1, 2, 3]
    machine.marks += [0, 1]
    assert machine.since_mark() == [1, 2, 3]
    assert (machine.stack, machine.marks) == (["below"], [0])


@pytest.mark.parametrize("core", ["numpy.core", "numpy._core"])
def test_the_names_of_every_numpy(core: str) -> None:
    kind = called("numpy dtype", "u1", 0, 1)
    assert isinstance(kind, PickledDtype)
    assert called(f"{core}.multiarray scalar", kind, b"\7") == 7
    array = called(f"{core}.numeric _frombuffer", b"\1\2", kind, (2,), "C")
    assert array.array.tolist() == [1, 2]
    assert isinstance(called(f"{core}.multiarray _reconstruct", None, (0,), b"b"), PickledArray)


def test_an_array_is_completed_by_its_state() -> None:
    machine = Machine(1000)
    kind = PickledDtype("u1")
    machine.stack += [PickledArray(), (1, (2, 2), kind, True, b"\1\2\3\4")]
    machine.build()
    assert machine.stack[-1].array.tolist() == [[1, 3], [2, 4]]
    machine.stack += [kind, (3, "|", None, None, None, -1, -1, 0)]
    machine.build()
    assert machine.stack[-1].dtype == np.uint8


@pytest.mark.parametrize("name", ["os system", "builtins eval", "numpy load", "numpy ndarray.dump"])
def test_no_other_name_is_known(name: str) -> None:
    with pytest.raises(BadInput, match=f"it tries to call '{name.replace(' ', '.')}'; nothing of"):
        Machine(1000).named(name)


def test_a_class_is_only_named_and_never_called() -> None:
    with pytest.raises(BadInput, match=r"it calls 'numpy\.ndarray', which NumPy's own pickles"):
        called("numpy ndarray", 9)


def test_only_names_are_called() -> None:
    machine = Machine(1000)
    machine.stack += [len, ("text",)]
    with pytest.raises(BadInput, match="calls something that is no function"):
        machine.call()


def test_the_bytes_of_all_arrays_together_have_a_limit() -> None:
    machine = Machine(3)
    assert machine.raw("ab\xff") == b"ab\xff"
    assert machine.raw(b"cde") == b"cde"
    with pytest.raises(BadInput, match="it makes more than 6 bytes"):
        machine.raw(b"f")


@pytest.mark.parametrize("top", ["text", [1], (1,)])
def test_the_state_of_anything_else(top: Any) -> None:
    machine = Machine(1000)
    machine.stack += [top, (3, "|", None, None, None)]
    with pytest.raises(BadInput, match="it sets the state of"):
        machine.build()
