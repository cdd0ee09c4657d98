"""How many arrays a part should have."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.assigned_arrays import assigned_arrays
from gradcheck.homework.submission import Submission


@pytest.mark.parametrize(
    ("name", "sizes", "shapes", "count"),
    [
        ("Network", (20, 8, 3), {}, 4),
        ("highway_forward", None, {"x": (4, 5), "w": (5, 3)}, 2),
        ("my_loss", None, {"x": (4, 5), "y": (4,)}, 1),
        ("batchnorm_forward", None, {}, 3),
        ("softmax_loss", None, {}, 1),
        ("relu_backward", None, {}, 1),
        ("highway_forward", None, {}, 1),
        (None, None, {}, 1),
    ],
)
def test_the_assignment_or_the_name_says_it(
    name: str | None, sizes: tuple[int, ...] | None, shapes: dict[str, tuple[int, ...]], count: int
) -> None:
    assert assigned_arrays(Submission(Path("here"), name, sizes, shapes=shapes)) == count
