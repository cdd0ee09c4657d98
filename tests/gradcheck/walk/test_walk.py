"""The whole walk fits on screens of 80 x 24, in letters that every terminal has."""

import json

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.show.text import Sentence
from gradcheck.walk.chain import OneEntry
from gradcheck.walk.walk import Walk, walk_through
from nets.network import Network
from tests.strategies import mini_batch


def walk_of(*sizes: int, cost: str = "quadratic", examples: int = 12) -> Walk:
    network = Network.create(sizes, cost=cost, seed=3)
    inputs, targets = mini_batch(list(sizes), examples, cost, 0)
    batch = MiniBatch(np.asarray(inputs), np.asarray(targets))
    return walk_through(network, batch, OneEntry(1, 0, 0))


def texts(walk: Walk) -> list[str]:
    return [part.text for part in walk.parts() if isinstance(part, Sentence)]


@pytest.mark.parametrize("cost", ["quadratic", "fused-softmax-cross-entropy"])
@pytest.mark.parametrize("sizes", [(2, 3, 1), (20, 15, 5), (1, 1), (3,) * 8, (2,) * 6])
def test_each_step_fits_on_a_screen(sizes: tuple[int, ...], cost: str) -> None:
    for text in texts(walk_of(*sizes, cost=cost)):
        lines = text.splitlines()
        assert len(lines) <= 23  # and the line of the prompt
        assert max(map(len, lines)) <= 80
        assert text.isascii()


def test_one_example_has_no_sum_over_examples() -> None:
    assert "\n  example 1" not in texts(walk_of(2, 3, 1, examples=1))[-1]
    assert "\n  example 1" in texts(walk_of(2, 3, 1))[-1]
    assert "8 other examples" in texts(walk_of(2, 3, 1))[-1]


def test_the_last_paragraph_has_both_gradients_beside_each_other() -> None:
    last = texts(walk_of(2, 3, 2, examples=2))[-1]
    assert last.startswith("Layer 1 weights [0, 0] = ")
    assert "the other path" in last
    for words in ("sum: dC/dw by backprop", "(C(w+h) - C(w)) / h", "error bar", "agree"):
        assert words in last


def test_json_is_plain() -> None:
    found = json.loads(json.dumps(walk_of(2, 3, 1).to_dict(), allow_nan=False))
    assert len(found["steps"]) == 15
    assert found["entry"]["verdict"] == "agree"
    assert found["cost"] == found["entry"]["cost"]


def test_a_network_in_float32_is_walked_through_in_float64() -> None:
    network = Network.create([2, 3, 1]).with_dtype("float32")
    batch = MiniBatch(np.ones((2, 2)), np.zeros((1, 2)))
    walk = walk_through(network, batch, OneEntry(1, 0, 0))
    assert walk.passes.traces[0].z.dtype == np.float64
    assert walk.entry.verdict.word == "agree"
