"""Claims against slopes."""

import numpy as np

import gradcheck
from gradcheck.pictures.claims_against_slopes import draw_claims_against_slopes
from nets import Network

GENERATOR = np.random.default_rng(0)
INPUTS, TARGETS = GENERATOR.random((6, 4)), GENERATOR.random((3, 4))
NETWORK = Network.create([6, 5, 3], seed=0)


def test_right_claims_lie_on_the_diagonal_and_wrong_ones_on_another_line() -> None:
    right = gradcheck.check_network(NETWORK, INPUTS, TARGETS)
    doubled = [2.0 * array.backprop.reshape(array.shape) for array in right.arrays]
    wrong = gradcheck.check_network(NETWORK, INPUTS, TARGETS, gradients=doubled)
    reports = {"right": right.arrays[0], "twice": wrong.arrays[0], "again": right.arrays[2]}
    axes = draw_claims_against_slopes(reports).figure.axes
    assert [panel.get_title() for panel in axes] == ["right", "twice", "again", ""]
    for panel, factor in zip(axes, (1.0, 2.0, 1.0), strict=False):
        (dots,) = (line for line in panel.lines if line.get_marker() == "o")
        slopes, claims = (np.asarray(values, dtype=float) for values in dots.get_data())
        assert np.allclose(claims, factor * slopes, rtol=1e-5, atol=1e-8)
