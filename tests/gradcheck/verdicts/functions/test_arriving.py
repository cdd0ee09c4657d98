"""The gradients that arrive: random and never ones, or those that are given."""

import numpy as np
import pytest

from gradcheck.verdicts.functions.arriving import arriving_gradients, sizes_of
from nets.errors import BadInput

OUTPUTS = [np.zeros((3, 2)), np.zeros(4)]


def test_random_ones_are_the_same_for_the_same_seed() -> None:
    first, again, other = (arriving_gradients(OUTPUTS, None, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first[0], again[0])
    assert np.any(first[0] != other[0])
    assert [each.shape for each in first] == [(3, 2), (4,)]


def test_given_ones_must_fit() -> None:
    assert arriving_gradients(OUTPUTS, [np.ones((3, 2)), np.ones(4)], 0)[1].shape == (4,)
    with pytest.raises(BadInput, match="upstream has 1 arrays; forward has 2"):
        arriving_gradients(OUTPUTS, np.ones((3, 2)), 0)
    with pytest.raises(BadInput, match=r"upstream has shape \(2, 3\); it should be \(3, 2\)"):
        arriving_gradients(OUTPUTS[:1], np.ones((2, 3)), 0)


def test_rows_are_examples() -> None:
    assert sizes_of(OUTPUTS) == {"batch_size": 3, "outputs": 2}
    assert sizes_of(OUTPUTS[1:]) == {"batch_size": None, "outputs": None}
