"""Work on paper, against sums done by hand."""

import pytest

from gradcheck.work import (
    backprop_forward_passes,
    backward_multiply_adds,
    book_forward_passes,
    forward_multiply_adds,
)


@pytest.mark.parametrize(
    ("sizes", "batch_size", "forward", "backward"),
    [
        ([3, 2], 1, 6, 6),
        ([3, 4, 2], 1, 12 + 8, 12 + 2 * 8),
        ([3, 4, 2], 10, 200, 280),
        ([784, 30, 10], 1, 23_820, 24_120),
    ],
)
def test_multiply_adds(sizes: list[int], batch_size: int, forward: int, backward: int) -> None:
    assert forward_multiply_adds(sizes, batch_size) == forward
    assert backward_multiply_adds(sizes, batch_size) == backward


@pytest.mark.parametrize(
    ("sizes", "passes"),
    [
        ([784, 30, 10], 2.01),
        ([784, 100, 100, 100, 10], 2.21),
        ([100] * 6, 2.80),
        ([5, 5], 2.0),
        ([10] * 1000, 3.0),
    ],
)
def test_backprop_in_forward_passes(sizes: list[int], passes: float) -> None:
    assert backprop_forward_passes(sizes) == pytest.approx(passes, abs=0.005)


@pytest.mark.parametrize(("sizes", "passes"), [([784, 30, 10], 23_861), ([1, 1], 3)])
def test_equation_46_in_forward_passes(sizes: list[int], passes: int) -> None:
    assert book_forward_passes(sizes) == passes
