"""How a pair was understood, and what its backward does besides its numbers."""

from typing import Any

from gradcheck.homework.finding import FAULT, GUESS, ODDITY
from gradcheck.homework.understanding.pairs.findings import findings_of
from tests.gradcheck.homework.understanding.pairs.functions import affine_backward, affine_forward
from tests.gradcheck.homework.understanding.pairs.test_part import read


def kinds(*functions: Any) -> list[str]:
    return [each.kind for each in findings_of(read(*functions))]


def test_a_plain_pair_was_called_with_shapes() -> None:
    (found,) = findings_of(read(affine_forward, affine_backward))
    assert found.kind == GUESS
    assert found.text == "affine_forward was called with x 4x6, w 6x5, b 5."


def test_a_missing_gradient_is_an_oddity() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        x, w = cache
        dx, dw = dout @ w.T, x.T @ dout
        return dx, dw

    assert kinds(affine_forward, affine_backward) == [GUESS, ODDITY]


def test_a_change_in_place_is_a_fault() -> None:
    def backward(dout: Any, cache: Any) -> Any:
        found = affine_backward(dout, cache)
        dout[0] = 0.0
        return found

    backward.__name__ = "affine_backward"
    assert kinds(affine_forward, backward)[1] == FAULT
