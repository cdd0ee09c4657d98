"""Checks of sizes and shapes."""

import re
from typing import Any

import numpy as np
import pytest

from nets.arrays import Place
from nets.errors import BadInput
from nets.shapes import expect_columns, expect_free_memory, expect_sizes


@pytest.mark.parametrize("sizes", [[1, 1], (784, 30, 10), np.array([3, 2])])
def test_sizes_that_make_a_network(sizes: Any) -> None:
    expect_sizes(sizes)


@pytest.mark.parametrize("sizes", [[], [784], [784, 0, 10], [784, -3, 10], [3.0, 2], "32"])
def test_sizes_that_make_none(sizes: Any) -> None:
    with pytest.raises(BadInput, match=re.escape(f"sizes {sizes!r} make no network; give two")):
        expect_sizes(sizes)


def test_columns_that_fit(where: Place) -> None:
    expect_columns("inputs", where.put(np.zeros((3, 1))), 3)
    expect_columns("targets", where.put(np.zeros((3, 5))), 3, batch=5)


@pytest.mark.parametrize("shape", [(4, 5), (3,), (3, 5, 1), (3, 0), ()])
def test_columns_of_another_shape(shape: tuple[int, ...]) -> None:
    with pytest.raises(BadInput) as raised:
        expect_columns("inputs", np.zeros(shape), 3)
    assert str(raised.value).startswith(
        f"inputs have shape {shape}; they should have shape (3, batch): a row for each neuron"
    )


def test_another_number_of_columns() -> None:
    with pytest.raises(BadInput, match=r"shape \(3, 4\); they should have shape \(3, 5\)"):
        expect_columns("targets", np.zeros((3, 4)), 3, batch=5)


def test_a_network_that_does_not_fit_into_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Place, "free_memory", lambda _: 2**40)
    expect_free_memory([784, 30, 10], 60_000)
    with pytest.raises(BadInput, match=r"sizes \[1000000, 1000000\] .* more than are free; use"):
        expect_free_memory([10**6, 10**6])
    monkeypatch.setattr(Place, "free_memory", lambda _: 2**28)
    expect_free_memory([1000, 1000], 1000)
    with pytest.raises(BadInput, match="with a batch of 100000 needs about"):
        expect_free_memory([1000, 1000], 100_000)
