"""Names that say that a function is a loss."""

import pytest

from gradcheck.homework.understanding.tape.cost import is_loss


@pytest.mark.parametrize(
    ("name", "yes"),
    [("mse", True), ("cross_entropy", True), ("compute_cost", True), ("relu", False)],
)
def test_losses(name: str, yes: bool) -> None:
    assert is_loss(name) is yes
