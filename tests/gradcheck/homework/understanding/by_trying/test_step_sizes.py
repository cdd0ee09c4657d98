"""What the sizes of steps tell."""

import numpy as np
import pytest

from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.step_sizes import (
    expect_plain_steps,
    one_size,
    same_steps,
)
from gradcheck.homework.understanding.by_trying.steps import RATE


def test_entries_of_one_size() -> None:
    rate = np.full((2, 2), RATE)
    assert one_size([rate, -rate[0]])
    assert not one_size([rate, 0.9 * rate[0]])
    assert not one_size([rate[0]])  # too few to tell


def test_steps_that_differ_by_rounding_are_the_same() -> None:
    one = [np.array([1.0, 2.0]), np.array([1e-9])]
    assert same_steps(one, [np.array([1.0 + 1e-8, 2.0]), np.array([0.0])])
    assert not same_steps(one, [np.array([1.0 + 1e-6, 2.0]), np.array([1e-9])])


def test_steps_of_one_size_are_refused() -> None:
    rate = np.full((2, 3), RATE)
    with pytest.raises(NoGradient, match="All steps of the loop have the same size, as those of"):
        expect_plain_steps("the loop", [rate])
    expect_plain_steps("the loop", [rate * np.arange(3.0)])
