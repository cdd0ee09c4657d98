"""Messages arrive as they were sent, to the last bit."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from gradcheck.homework.process.messages import packed, read_message, unpacked, write_message
from nets.arrays import HostArray

DTYPES = st.sampled_from([np.dtype("float64"), np.dtype("complex128"), np.dtype("int64")])


@given(DTYPES.flatmap(lambda dtype: arrays(dtype, array_shapes(min_dims=0, min_side=0))))
def test_every_bit_arrives(array: HostArray) -> None:
    stream = io.BytesIO()
    write_message(stream, {"array": packed(array)})
    stream.seek(0)
    message = read_message(stream)
    assert message is not None
    arrived = unpacked(message["array"])
    assert arrived.dtype == array.dtype
    assert arrived.shape == array.shape
    assert arrived.tobytes() == array.tobytes()
    assert read_message(stream) is None


@pytest.mark.parametrize("line", [b"rubbish\n", b"[1, 2]\n", b"\xff\n"])
def test_what_is_no_message_is_an_error(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (JSON's own words differ)
        read_message(io.BytesIO(line))


def test_half_a_line_is_the_end() -> None:
    assert read_message(io.BytesIO(b'{"half":')) is None


def test_other_dtypes_are_refused() -> None:
    with pytest.raises(ValueError, match="float32"):
        packed(np.ones(2, dtype=np.float32))
    with pytest.raises(ValueError, match="object"):
        unpacked({"dtype": "object", "shape": [1], "data": ""})


def test_a_message_without_an_end_does_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gradcheck.homework.process.messages.LONGEST_MESSAGE", 100)
    assert read_message(io.BytesIO(b'{"a": 1}\n')) == {"a": 1}
    assert read_message(io.BytesIO(b'{"a": "' + b"x" * 1000 + b'"}\n')) is None
