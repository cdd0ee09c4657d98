"""What is said of an output that is not what the name says."""

import numpy as np

from tests.gradcheck.homework.known_operations.calls import unlike


def test_the_largest_difference_is_named() -> None:
    x = np.array([[1.0, -2.0]])
    assert unlike("relu", [[1.0, 2.0]], x=x) == (
        "the output of relu_forward is not max(0, x): entry (0, 1) is 2, and should be 0"
    )
    assert unlike("mse", 3.0, x=x, y=np.zeros((1, 2))) == (
        "the output of mse_forward is not (x - y)^2: it is 3, and should be 2.5"
    )


def test_infinite_numbers_are_unlike() -> None:
    assert unlike("relu", [np.nan, np.inf], x=np.ones(2))
