"""Mini-batches that were given, or are drawn for sizes."""

import numpy as np

from gradcheck.homework.asked import Asked, random_mini_batch
from tests.gradcheck.homework.students import batch_of


def test_the_mini_batch_that_was_given_is_used_for_its_sizes_only() -> None:
    given = batch_of((4, 3))
    asked = Asked(sizes=(4, 3), examples=given)
    assert asked.mini_batch((4, 3)) is given
    assert asked.mini_batch((5, 3)).inputs.shape == (5, 10)


def test_a_drawn_mini_batch() -> None:
    one, again = (random_mini_batch((4, 3), 7, 2) for _ in range(2))
    assert np.array_equal(one.inputs, again.inputs)
    assert (one.inputs.shape, one.targets.shape) == ((4, 7), (3, 7))
    assert one.inputs.min() < 0.0 < one.inputs.max()
    assert np.array_equal(one.targets.sum(axis=0), np.ones(7))
    single = random_mini_batch((4, 1), 50, 0).targets
    assert set(single.ravel()) == {0.0, 1.0}
