"""How weights and biases are drawn."""

import numpy as np
import pytest

from nets.initialisation import INITIALISATIONS


def test_the_book_draws_weights_and_biases_from_the_standard_normal() -> None:
    for array in INITIALISATIONS["book"](np.random.default_rng(1), 500, 200):
        # Four standard errors of the mean and of the standard deviation.
        assert abs(np.mean(array)) < 4 / np.sqrt(array.size)
        assert abs(np.std(array) - 1) < 4 / np.sqrt(2 * array.size)


@pytest.mark.parametrize("n_upstream", [10, 400])
def test_scaled_weights_have_variance_one_over_n_and_biases_are_zero(n_upstream: int) -> None:
    weights, biases = INITIALISATIONS["scaled"](np.random.default_rng(1), 500, n_upstream)
    relative = np.var(weights) * n_upstream
    assert abs(relative - 1) < 4 * np.sqrt(2 / weights.size)
    assert not np.any(biases)


@pytest.mark.parametrize("name", INITIALISATIONS)
def test_shapes_and_dtype(name: str) -> None:
    weights, biases = INITIALISATIONS[name](np.random.default_rng(0), 2, 3)
    assert (weights.shape, biases.shape) == ((2, 3), (2, 1))
    assert weights.dtype == biases.dtype == np.float64
