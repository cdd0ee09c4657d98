"""What is wrong with a backward function besides its numbers."""

from typing import Any

import numpy as np

from gradcheck.verdicts.functions.findings import backward_findings
from tests.gradcheck.verdicts.functions.affine import (
    ARRIVING,
    affine_backward,
    affine_forward,
    pair_of,
)


def sentences(forward: Any = affine_forward, backward: Any = affine_backward) -> str:
    return " ".join(backward_findings(pair_of(forward, backward), [ARRIVING]).sentences)


def test_a_right_pair_has_none() -> None:
    assert sentences() == ""


def test_changes_in_place_are_found() -> None:
    def changes_inputs(dout: Any, cache: Any) -> Any:
        found = affine_backward(dout, cache)
        cache[0][:] = 0.0
        return found

    def changes_arriving(dout: Any, cache: Any) -> Any:
        found = affine_backward(dout, cache)
        dout[:] = 0.0
        return found

    def forward(x: Any, w: Any) -> Any:
        out = x @ w, (x.copy(), w)
        x[:] = 0.0
        return out

    assert "backward changes x in place" in sentences(backward=changes_inputs)
    assert "backward changes its arriving gradient in place" in sentences(backward=changes_arriving)
    assert "forward changes x in place" in sentences(forward=forward)


def test_a_second_call_that_adds_is_found() -> None:
    total = [np.zeros((3, 4)), np.zeros((4, 2))]

    def adds(dout: Any, cache: Any) -> Any:
        for sum_, each in zip(total, affine_backward(dout, cache), strict=True):
            sum_ += each
        return [each.copy() for each in total]

    assert "when forward and backward are called again with the same input" in sentences(
        backward=adds
    )
