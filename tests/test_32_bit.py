"""Positions have the machine's own size: on 32 bits NumPy takes no others, as in a browser.

The fixture makes NumPy behave so: the machine's positions have 32 bits, and ``take`` refuses those
that have 64.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck import check_gradients, check_network
from gradcheck.engines.engine import flat_entries
from gradcheck.engines.entries import drawn_entries
from nets import Network, train
from nets.arrays import array_namespace
from nets.gradient_descent import shuffled_orders

# The library of NumPy's arrays: what the arithmetic calls.
LIBRARY: Any = array_namespace(np.ones(1))
W = np.arange(1.0, 9.0)
NETWORK = Network.create([3, 4, 2])
INPUTS, TARGETS = np.random.default_rng(0).random((3, 5)), np.ones((2, 5))


@pytest.fixture
def in_32_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    take = LIBRARY.take

    def take_in_32_bits(array: Any, positions: Any, **options: Any) -> Any:
        if positions.dtype != np.int32:
            raise TypeError(f"Cannot cast array data from {positions.dtype} to dtype('int32')")
        return take(array, positions, **options)

    monkeypatch.setattr(LIBRARY, "take", take_in_32_bits)
    monkeypatch.setattr(np, "intp", np.int32)


def squares(w: Any) -> Any:
    return (w**2).sum()


CALLS: dict[str, Callable[[], Any]] = {
    "a function": lambda: check_gradients(squares, W, 2 * W),
    "a sample": lambda: check_gradients(squares, W, 2 * W, sample=3),
    "a wrong gradient": lambda: check_gradients(squares, W, 3 * W),
    "central": lambda: check_gradients(squares, W, 2 * W, scheme="central"),
    "complex": lambda: check_gradients(squares, W, 2 * W, scheme="complex"),
    "an edge": lambda: check_gradients(squares, W, 2 * W, bounds=(1.0, 8.0)),
    "a network": lambda: check_network(NETWORK, INPUTS, TARGETS),
    "a network one-by-one": lambda: check_network(NETWORK, INPUTS, TARGETS, engine="one-by-one"),
    "a sample of a network": lambda: check_network(NETWORK, INPUTS, TARGETS, sample=2),
    "training": lambda: next(train(NETWORK, INPUTS, TARGETS, epochs=1, batch_size=2, eta=1.0)),
}


@pytest.mark.usefixtures("in_32_bits")
@pytest.mark.parametrize("name", CALLS)
def test_checks_and_training_use_positions_of_the_machine_s_size(name: str) -> None:
    found = CALLS[name]()
    assert getattr(found, "ok", True) is (name != "a wrong gradient")


@pytest.mark.usefixtures("in_32_bits")
def test_what_numpy_draws_in_64_bits_is_made_to_fit() -> None:
    drawn = np.random.default_rng(0).choice(9, 3)
    assert drawn.dtype == np.int64
    with pytest.raises(TypeError, match="int64"):
        LIBRARY.take(W, drawn[:1])
    assert flat_entries(W, np.array([2, 0], dtype=np.int64)).tolist() == [3.0, 1.0]
    assert drawn_entries(9, 3, np.random.default_rng(0)).dtype == np.int32
    assert drawn_entries(9, None, np.random.default_rng(0)).dtype == np.int32
    assert next(shuffled_orders(9, 0)).dtype == np.int32


def test_on_this_machine_positions_are_numpy_s_own() -> None:
    assert drawn_entries(9, 3, np.random.default_rng(0)).dtype == np.intp
    assert next(shuffled_orders(9, 0)).dtype == np.intp
