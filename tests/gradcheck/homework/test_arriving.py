"""The gradient that arrives is random, and its cost has it as gradient."""

import numpy as np

from gradcheck.homework.arriving import arriving_gradient, cost_of_output


def test_it_depends_on_the_seed_and_is_never_ones() -> None:
    first, again, other = (arriving_gradient((3, 4), seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != other)
    assert np.ptp(first) > 0.0


def test_it_is_the_gradient_of_the_cost() -> None:
    arriving, output = arriving_gradient((3, 4), 0), np.ones((3, 4))
    moved = output.copy()
    moved[1, 2] += 0.5
    change = cost_of_output(moved, arriving) - cost_of_output(output, arriving)
    assert np.isclose(change, 0.5 * arriving[1, 2])
