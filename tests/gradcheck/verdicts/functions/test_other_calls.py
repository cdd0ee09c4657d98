"""Backward is called with arriving gradients that lie otherwise in memory."""

from typing import Any

import numpy as np

from gradcheck.verdicts.functions.other_calls import compared, differing_layouts, gradients_for
from tests.gradcheck.verdicts.functions.affine import ARRIVING, affine_backward, pair_of


def layouts(backward: Any) -> list[str]:
    pair = pair_of(backward=backward)
    return differing_layouts(pair, [ARRIVING], gradients_for(pair, [ARRIVING]))


def test_a_right_backward_does_not_depend_on_the_layout() -> None:
    assert layouts(affine_backward) == []


def test_a_backward_that_reads_the_memory_does() -> None:
    def backward(dout: Any, cache: Any) -> Any:
        if not dout.flags.c_contiguous:
            dout = 2.0 * dout
        return affine_backward(dout, cache)

    assert layouts(backward)[0] == (
        "backward gives other gradients of x and w if its arriving gradient is not contiguous, "
        "such as a slice."
    )


def test_a_backward_that_writes_fails_for_a_broadcast_gradient() -> None:
    def backward(dout: Any, cache: Any) -> Any:
        dout *= 1.0
        return affine_backward(dout, cache)

    (sentence,) = layouts(backward)
    assert "fails if its arriving gradient is broadcast (read-only" in sentence


def test_a_call_that_fails_is_one_sentence() -> None:
    def fails() -> Any:
        raise RuntimeError("no idea")

    result, sentences = compared(pair_of(), "now", fails, [np.ones(2)])
    assert result is None
    assert sentences == ["backward fails now: RuntimeError: no idea"]
