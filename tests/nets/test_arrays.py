"""Places for arrays, and the way there and back."""

import sys

import numpy as np
import pytest

from nets.arrays import (
    CPU,
    Place,
    array_namespace,
    blocks,
    expect_finite,
    is_complex,
    place,
    place_of,
    real_part,
    to_numpy,
)
from nets.errors import BadInput
from tests.nets.fake_cupy import fake_cupy


def test_put_and_to_numpy_are_a_round_trip(where: Place) -> None:
    host = np.arange(6.0).reshape(2, 3)
    there = where.put(host)
    assert place_of(there) == where
    back = to_numpy(there)
    assert isinstance(back, np.ndarray)
    assert np.array_equal(back, host)


def test_put_copies(where: Place) -> None:
    host = np.zeros(2)
    there = where.put(host)
    host[0] = 1.0
    assert to_numpy(there).tolist() == [0.0, 0.0]


def test_put_converts_whole_numbers_and_lists(where: Place) -> None:
    for numbers in ([1, 2], np.array([1, 2], dtype=np.uint8)):
        there = where.put(numbers)
        assert there.dtype == where.dtype
        assert to_numpy(there).tolist() == [1.0, 2.0]


def test_with_dtype_keeps_library_and_device(where: Place) -> None:
    narrow = where.with_dtype("float32")
    assert (narrow.namespace, narrow.device) == (where.namespace, where.device)
    assert (where.dtype_name, narrow.dtype_name) == ("float64", "float32")
    assert place_of(narrow.put([1.0])) == narrow


def test_the_place_called_cpu() -> None:
    assert place() == place("cpu", "float64") == CPU
    assert place("cpu", "float32").dtype_name == "float32"


def test_unknown_dtype() -> None:
    with pytest.raises(
        BadInput,
        match=r"dtype 'float16' is unknown \(did you mean float64\?\); use one of float64, float32",
    ):
        place("cpu", "float16")


def test_unknown_device() -> None:
    with pytest.raises(BadInput, match="device 'abacus' is unknown; use"):
        place("abacus")


def test_complex_numbers_and_their_real_part(where: Place) -> None:
    xp = where.namespace
    real = where.put([1.0, 2.0])
    twisted = xp.astype(real, xp.complex128) * 1j + real
    assert not is_complex(real)
    assert is_complex(twisted)
    assert real_part(real) is real
    assert to_numpy(real_part(twisted)).tolist() == [1.0, 2.0]


def test_arrays_of_two_libraries_have_no_common_one(elsewhere: Place) -> None:
    there = elsewhere.put([1.0])
    assert array_namespace(there, there) is elsewhere.namespace
    with pytest.raises(TypeError):
        array_namespace(there, np.ones(1))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite(where: Place, bad: float) -> None:
    expect_finite("inputs", where.put([0.0, 1e308]))
    with pytest.raises(BadInput, match="inputs hold NaN or infinity; give finite numbers"):
        expect_finite("inputs", where.put([[0.0], [bad]]))


@pytest.mark.parametrize(
    ("count", "size", "ends"), [(0, 3, []), (2, 3, [2]), (6, 3, [3, 6]), (7, 3, [3, 6, 7])]
)
def test_blocks_end_where_the_array_does(count: int, size: int, ends: list[int]) -> None:
    found = blocks(count, size)
    assert [block.stop for block in found] == ends
    assert [block.start for block in found] == [0, *ends][: len(ends)]


def test_there_is_free_memory(where: Place) -> None:
    free = where.free_memory()
    assert free is not None
    assert free > 2**20


def test_free_memory_is_not_known_without_psutil(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert CPU.free_memory() is None


@pytest.mark.parametrize(
    ("pool", "free"),
    [
        ((0, 0, 0), 1000),
        ((50, 0, 70), 1050),  # what the pool holds and does not use
        ((50, 600, 200), 400),  # a limit on the pool, nearer than the end of the memory
        ((50, 9000, 200), 1050),
    ],
)
def test_the_free_memory_of_a_gpu(
    monkeypatch: pytest.MonkeyPatch, pool: tuple[int, int, int], free: int
) -> None:
    cupy = fake_cupy(memory=(1000, 5000), pool=pool)
    monkeypatch.setitem(sys.modules, "cupy", cupy)
    assert Place(cupy, None, None).free_memory() == free
