"""Arrays of other libraries, read into NumPy for the arithmetic."""

from typing import Any

import array_api_strict
import numpy as np
import pytest

from gradcheck.engines.libraries import detached, for_arithmetic, on_host


def test_arrays_that_the_arithmetic_takes_stay_what_they_are() -> None:
    for array in (np.ones((2, 3)), array_api_strict.ones((2, 3))):
        assert for_arithmetic(array) is array
        assert detached(array) is array


@pytest.mark.parametrize("dtype", ["float64", "float32", "complex128", "int32", "bool"])
@pytest.mark.parametrize("library", ["torch", "jax.numpy"])
def test_the_numbers_of_other_libraries_come_in_numpy(library: str, dtype: str) -> None:
    xp = pytest.importorskip(library)
    numbers = np.array([[0, 1], [1, 0]]).astype(dtype)
    array = xp.asarray(numbers)
    read = for_arithmetic(array)
    assert isinstance(read, np.ndarray)
    assert read.dtype == str(array.dtype).removeprefix("torch.")
    assert read.tolist() == numbers.tolist()


@pytest.mark.parametrize("library", ["torch", "jax.numpy"])
def test_bfloat16_becomes_float32(library: str) -> None:
    xp = pytest.importorskip(library)
    read = on_host(xp.ones(2, dtype=xp.bfloat16))
    assert read.dtype == np.float32
    assert read.tolist() == [1.0, 1.0]


def test_a_tensor_that_requires_a_gradient_or_is_conjugated() -> None:
    torch: Any = pytest.importorskip("torch")
    asks = torch.ones(2, requires_grad=True)
    assert on_host(asks).tolist() == [1.0, 1.0]
    assert not detached(asks).requires_grad
    with pytest.raises(RuntimeError):
        asks.numpy()
    assert on_host(torch.tensor([1 + 2j]).conj()).tolist() == [1 - 2j]
