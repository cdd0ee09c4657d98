"""Arrays of plain numbers, and places where arrays can be put."""

import warnings
from typing import Any

import array_api_strict
import numpy as np
import pytest

from nets.arrays import CPU, Place
from nets.errors import BadInput
from nets.plain_arrays import expect_place, expect_plain, expect_real_beside


def matrix() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy advises against matrices
        return np.matrix([[1.0]])


def test_plain_arrays(where: Place) -> None:
    for array in (where.put([1.0]), np.float64(1.0), np.ones((2, 2), int), np.array(True)):
        expect_plain("w", array)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        ([1.0], "w is a list; give an array"),
        (1.0, "w is a float; give an array"),
        (np.ma.masked_array([1.0]), "w is a masked array"),
        (matrix(), "w is a np.matrix; give an array: np.asarray makes one of it"),
        (np.array([None]), "w has dtype object; give real numbers"),
        (np.array(["a"]), "w has dtype <U1; give real numbers"),
        (np.array([1j]), "w has dtype complex128; give real numbers"),
    ],
)
def test_what_is_no_plain_array(array: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        expect_plain("w", array)


def test_an_array_beside_a_network(where: Place) -> None:
    expect_real_beside(where, "inputs", where.put([1.0]))
    with pytest.raises(BadInput, match="inputs hold NaN or infinity"):
        expect_real_beside(where, "inputs", where.put([np.nan]))
    with pytest.raises(BadInput, match="inputs belongs to another array library"):
        expect_real_beside(CPU, "inputs", array_api_strict.ones(1))


def test_places(where: Place) -> None:
    expect_place("where", where)
    with pytest.raises(BadInput, match=r"where is a str; give what nets\.place returns"):
        expect_place("where", "cpu")
    with pytest.raises(BadInput, match="where is a Place that takes no numbers"):
        expect_place("where", Place(None, None, None))
