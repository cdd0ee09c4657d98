"""A layer as single examples show it."""

from dataclasses import replace

import numpy as np

from gradcheck.diagnosis.layer_by_example import ALIKE, alike, is_smooth
from tests.gradcheck.diagnosis.three_layers import Net

NET = Net()
LAYER = NET.layers(NET.deltas(), NET.deltas())[1]


def test_arrays_are_alike_up_to_a_part_of_their_largest_entry() -> None:
    one = np.array([100.0, 1e-3])
    assert alike(one, one + 0.9 * ALIKE * 100.0)
    assert not alike(one, one + 1.1 * ALIKE * 100.0)
    assert alike(np.zeros(2), np.zeros(2))
    assert not alike(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    assert not alike(np.array([np.inf]), np.array([np.inf]))


def test_a_function_is_smooth_and_random_numbers_are_not() -> None:
    draw = np.random.default_rng(0)
    z = draw.standard_normal(40)
    assert is_smooth(np.tanh(z), z)
    assert is_smooth(np.cos(z), z)
    assert not is_smooth(draw.standard_normal(40), z)


def test_z_follows_from_the_parameters() -> None:
    assert np.allclose(LAYER.z, NET.z[1])


def test_claims_are_right_where_they_are_what_was_measured() -> None:
    assert LAYER.biases_right
    assert LAYER.weights_right
    biases = replace(LAYER, claimed_biases=2.0 * LAYER.claimed_biases)
    assert (biases.biases_right, biases.weights_right) == (False, True)
    weights = replace(LAYER, claimed_weights=-LAYER.claimed_weights)
    assert (weights.biases_right, weights.weights_right) == (True, False)


def test_the_claims_of_the_weights_show_which_dc_dz_was_used() -> None:
    other = np.random.default_rng(1).standard_normal(LAYER.right.shape)
    used = replace(LAYER, claimed_weights=LAYER.product(other)).used
    assert used is not None
    assert np.allclose(used, other)
    noise = np.random.default_rng(1).standard_normal(LAYER.claimed_weights.shape)
    assert replace(LAYER, claimed_weights=noise).used is None
    black = LAYER.upstream.copy()
    black[0] = 0.0
    assert replace(LAYER, upstream=black).used is None
