"""The instructions of a pickle, one by one."""

import io
import pickle
import pickletools

import pytest

from nets.data.pickle_steps import pickle_steps
from nets.errors import BadInput

VALUE = ([1, 2.5, "text", b"bytes", 10**30], ("text", None, True))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_steps_are_those_that_python_reads(protocol: int) -> None:
    content = pickle.dumps(VALUE, protocol)
    stream = io.BytesIO(content + b"more")
    found = list(pickle_steps(stream, 1000))
    assert found == [(opcode.name, given) for opcode, given, _ in pickletools.genops(content)]
    assert stream.read() == b"more"  # nothing behind the end is read


def test_a_text_of_python_2_may_hold_any_bytes() -> None:
    steps = list(pickle_steps(io.BytesIO(b"S'a\\xff\\n\xe9'\n."), 1000))
    assert steps == [("STRING", "a\xff\n\xe9"), ("STOP", None)]


def test_nothing_beyond_the_limit_is_read() -> None:
    content = pickle.dumps(VALUE)
    assert list(pickle_steps(io.BytesIO(content), len(content)))[-1] == ("STOP", None)
    with pytest.raises(BadInput, match=f"larger than {len(content) - 1} bytes"):
        list(pickle_steps(io.BytesIO(content), len(content) - 1))


def test_a_pickle_that_is_cut_off() -> None:
    with pytest.raises(BadInput, match="it is cut off"):
        list(pickle_steps(io.BytesIO(b"]"), 1000))


def test_bytes_that_are_no_pickle() -> None:
    with pytest.raises(LookupError):
        list(pickle_steps(io.BytesIO(b"\xff"), 1000))
