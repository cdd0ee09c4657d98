"""Pickles read as data: what comes out, and that nothing of them runs."""

import contextlib
import io
import os
import pickle
import struct
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.data import unpickle
from nets.data.unpickle import PickledArray, read_pickle
from nets.errors import BadInput

ALL_PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
numbers = st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
plain = st.recursive(
    numbers | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


def read(content: bytes) -> Any:
    return read_pickle(io.BytesIO(content))


@given(plain, st.sampled_from(ALL_PROTOCOLS))
def test_plain_values_come_out_as_they_went_in(value: Any, protocol: int) -> None:
    if protocol < 3 and "b''" in repr(value):
        return  # no array needs empty bytes, which the old protocols write as a call of bytes
    again = read(pickle.dumps(value, protocol))
    assert again == value
    assert type(again) is type(value)


@given(
    st.sampled_from(["f2", "<f4", ">f4", "f8", ">f8", "u1", "i4", ">i8", "?"]),
    st.lists(st.integers(0, 3), max_size=3),
    st.sampled_from(["C", "F"]),
    st.sampled_from(ALL_PROTOCOLS),
)
def test_arrays_come_out_as_they_went_in(
    dtype: str, shape: list[int], order: Any, protocol: int
) -> None:
    count = int(np.prod(shape, dtype=int))
    if count == 0 and protocol < 3:
        return
    array = np.arange(count).astype(dtype).reshape(shape, order=order)
    made = read(pickle.dumps(array, protocol))
    assert isinstance(made, PickledArray)
    assert np.array_equal(made.array, array)
    assert made.array.dtype == array.dtype.newbyteorder("=")
    assert made.array.shape == array.shape


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("protocol", ALL_PROTOCOLS)
def test_rows_and_columns_are_not_mixed_up(order: Any, protocol: int) -> None:
    array = np.array([[1, 2, 3], [4, 5, 6]], order=order)
    assert read(pickle.dumps(array, protocol)).array.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize("protocol", ALL_PROTOCOLS)
def test_numbers_of_numpy_come_out_as_numbers(protocol: int) -> None:
    assert read(pickle.dumps([np.float32(0.5), np.int64(-3)], protocol)) == [0.5, -3]


@pytest.mark.parametrize("protocol", ALL_PROTOCOLS)
def test_what_is_pickled_once_and_used_twice(protocol: int) -> None:
    array = np.arange(3.0)
    first, second = read(pickle.dumps((array, array), protocol))
    assert first is second


# Malice


class Calls:
    """Something that pickles as a call."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


@pytest.mark.parametrize("protocol", ALL_PROTOCOLS)
@pytest.mark.parametrize("wrap", [lambda call: call, lambda call: [(np.zeros(2), call)]])
@pytest.mark.parametrize(
    ("function", "name"),
    [
        (os.mkdir, f"{os.mkdir.__module__}.mkdir"),
        (eval, r"(__builtin__|builtins)\.eval"),
        (getattr, r"(__builtin__|builtins)\.getattr"),
        (np.load, r"numpy\.load"),
        (np.fromfile, r"numpy\..*fromfile"),
    ],
)
def test_a_call_is_refused_by_name_and_does_not_run(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    protocol: int,
    wrap: Callable[[Any], Any],
    function: Callable[..., Any],
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    content = pickle.dumps(wrap(Calls(function, "made")), protocol)
    with pytest.raises(BadInput, match=f"it tries to call '{name}'; nothing of it was run"):
        read(content)
    assert list(tmp_path.iterdir()) == []


def test_the_malice_is_real(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    pickle.loads(pickle.dumps(Calls(os.mkdir, "made")))
    assert (tmp_path / "made").is_dir()


def test_nothing_is_imported() -> None:
    assert "this" not in sys.modules
    with pytest.raises(BadInput, match=r"'this\.that'"):
        read(b"cthis\nthat\n.")
    assert "this" not in sys.modules


OLD = {
    "INST": (b"(S'made'\nios\nmkdir\n.", r"'os\.mkdir'"),
    "OBJ": (b"(cos\nmkdir\nS'made'\no.", r"'os\.mkdir'"),
    "a name in pieces": (b"\x80\x04\x8c\x02os\x8c\x05mkdir\x93.", r"'os\.mkdir'"),
    "a part of a name": (
        b"\x80\x04\x8c\x05numpy\x8c\x0cndarray.dump\x93.",
        r"'numpy\.ndarray\.dump'",
    ),
    "a terminal's own characters": (b"c\x1b[2J\nmkdir\n.", r"'\\x1b\[2J\.mkdir'"),
    "an object": (b"cnumpy\nndarray\n)\x81.", "takes the step NEWOBJ"),
    "an array made otherwise": (b"cnumpy\nndarray\n((I9\ntR.", r"'numpy\.ndarray'"),
    "an extension": (b"\x82\x01.", "takes the step EXT1"),
    "a persistent object": (b"P1\n.", "takes the step PERSID"),
    "a buffer from elsewhere": (b"\x97.", "takes the step NEXT_BUFFER"),
    "a dictionary": (b"}.", "takes the step EMPTY_DICT"),
    "a set": (b"\x8f.", "takes the step EMPTY_SET"),
    "the state of a function": (b"c_codecs\nencode\n(NI1\ntb.", "sets the state of"),
    "the state of a list": (b"](NI1\ntb.", "sets the state of 'list'"),
    "another encoding": (b"c_codecs\nencode\n(Vab\nVrot13\ntR.", "encodes bytes as 'rot13'"),
    "a call of a text": (b"Vab\n)R.", "calls something that is no function"),
    "appending to a text": (b"Vab\nNa.", "appends to something that is no list"),
}


@pytest.mark.parametrize(("content", "message"), OLD.values(), ids=OLD)
def test_other_ways_to_make_something_happen(content: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(content)


def array_pickle(dtype: str, shape: bytes, state: bytes = b"VAAAA\n") -> bytes:
    """An array of protocol 0, written by hand."""
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\n"
        + shape
        + f"cnumpy\ndtype\n(V{dtype}\nI0\nI1\ntR(I3\nV<\nNNNI-1\nI-1\nI0\ntb".encode()
        + b"I00\n"
        + state
        + b"tb."
    )


def test_an_array_written_by_hand_is_one() -> None:
    assert read(array_pickle("u1", b"(I2\nI2\nt")).array.tolist() == [[65, 65], [65, 65]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (array_pickle("O8", b"(I1\nt"), "an array of dtype 'O8'; arrays should hold numbers"),
        (array_pickle("V4", b"(I1\nt"), "an array of dtype 'V4'"),
        (array_pickle("M8[s]", b"(I1\nt"), "an array of dtype"),
        (array_pickle("f4,f4", b"(I1\nt"), "an array of dtype 'f4,f4'"),
        (array_pickle("u1", b"(I5\nt"), r"4 bytes for an array of shape \(5,\), which needs 5"),
        (array_pickle("f8", b"(I1000\nI1000\nI1000\nt"), "which needs 8,000,000,000"),
        (array_pickle("u1", b"(I-4\nt"), "an axis of an impossible length"),
        (array_pickle("u1", b"(F4\nt"), "an axis of an impossible length"),
        (array_pickle("u1", b"(" + b"I99999999999999999999\n" * 2 + b"t"), "an impossible length"),
        (array_pickle("u1", b"(" + b"I1\n" * 40 + b"I4\nt"), "whose shape is"),
        (array_pickle("u1", b"I4\n"), "whose shape is a int"),
        (array_pickle("u1", b"(I4\nt", b"(lI1\nI2\nI3\nI4\n"), "damaged"),
        (array_pickle("u1", b"(I1\nt", b"(lI1\na"), "an array of objects"),
        (pickle.dumps(np.array([None])), "an array of dtype 'O8'"),
        (pickle.dumps(np.array(["text"])), "an array of dtype 'U4'"),
        (pickle.dumps(np.zeros(2, dtype="f4,i4")), "an array of dtype 'V8'"),
    ],
)
def test_other_arrays_than_of_numbers(content: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(content)


# Damage and greed


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        read(content)


@given(st.data(), st.sampled_from(ALL_PROTOCOLS))
def test_a_damaged_pickle_is_read_or_refused(data: Any, protocol: int) -> None:
    content = bytearray(pickle.dumps((np.arange(6.0).reshape(2, 3), [1, 2]), protocol))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        read(bytes(content))


@pytest.mark.parametrize("protocol", ALL_PROTOCOLS)
def test_every_pickle_cut_off_is_refused(protocol: int) -> None:
    content = pickle.dumps((np.arange(6.0), [1, 2]), protocol)
    for length in range(len(content)):
        with pytest.raises(BadInput):
            read(content[:length])


class Endless(io.RawIOBase):
    """The same few bytes for ever, as a decompression bomb is."""

    def __init__(self, start: bytes, more: bytes) -> None:
        self.start, self.more, self.given = start, more, 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0
        taken, self.start = self.start[:size], self.start[size:]
        taken += self.more * (size - len(taken))
        self.given += len(taken)
        return taken

    def readline(self, size: int | None = -1) -> bytes:
        assert size is not None
        return self.read(size)


@pytest.mark.parametrize(
    ("start", "more", "message"),
    [
        (b"]", b"]", "more than 1,000 steps"),
        (b"(", b"(", "more than 1,000 steps"),
        (b"]", b"2", "more than 1,000 steps"),
        (b"I", b"1", "larger than 100,000 bytes"),
        (b"V", b"a", "larger than 100,000 bytes"),
        (b"S'", b"a", "larger than 100,000 bytes"),
        (b"B" + struct.pack("<I", 2**32 - 1), b"a", "larger than 100,000 bytes"),
        (b"\x8e" + struct.pack("<Q", 2**40), b"a", "larger than 100,000 bytes"),
        (b"\x8b" + struct.pack("<I", 2**31 - 1), b"a", "larger than 100,000 bytes"),
    ],
)
def test_what_has_no_end_is_given_up(
    monkeypatch: pytest.MonkeyPatch, start: bytes, more: bytes, message: str
) -> None:
    monkeypatch.setattr(unpickle, "MOST_STEPS", 1000)
    monkeypatch.setattr(unpickle, "MOST_BYTES", 100_000)
    stream = Endless(start, more)
    with pytest.raises(BadInput, match=message):
        read_pickle(stream)  # type: ignore[arg-type]
    assert stream.given <= 100_001


def test_one_text_cannot_become_a_thousand_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpickle, "MOST_BYTES", 2000)
    encoded = b"(" + b"c_codecs\nencode\n(g0\nVlatin1\ntR" * 30 + b"t."
    text = b"V" + b"a" * 200 + b"\np0\n"
    with pytest.raises(BadInput, match="makes more than 4,000 bytes"):
        read(text + encoded)


def test_a_place_far_away_takes_no_memory() -> None:
    assert read(b"Nr\xff\xff\xff\xff0j\xff\xff\xff\xff.") is None
