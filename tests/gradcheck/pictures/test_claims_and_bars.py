"""Claims beside measured slopes."""

import numpy as np

import gradcheck
from gradcheck.pictures.claims_and_bars import draw_claims_and_bars
from nets import Network

GENERATOR = np.random.default_rng(0)
INPUTS, TARGETS = GENERATOR.random((6, 4)), GENERATOR.random((3, 4))
NETWORK = Network.create([6, 5, 3], seed=0)


def test_a_claim_is_drawn_where_its_verdict_says() -> None:
    right = gradcheck.check_network(NETWORK, INPUTS, TARGETS)
    claims = [array.backprop.reshape(array.shape).copy() for array in right.arrays]
    claims[2][0, 0] += 5.0 * right.arrays[2].error_bar[0]
    wrong = gradcheck.check_network(NETWORK, INPUTS, TARGETS, gradients=claims)
    (axes,) = draw_claims_and_bars([(right.arrays[2], 0), (wrong.arrays[2], 0)]).figure.axes
    words = [text.get_text() for text in axes.texts]
    assert words[0] == "agree"
    assert words[2] == "disagree"
    agrees, disagrees = (
        abs(float(np.ravel(line.get_xdata())[0]))
        for line in axes.lines
        if line.get_label() == "claim"
    )
    assert agrees <= 2.0 < disagrees
    assert not [line for line in axes.lines if line.get_label() == "zero"]


def test_a_slope_below_its_error_bars_has_zero_in_sight() -> None:
    flat = NETWORK.with_parameters([40.0 * array for array in NETWORK.parameters])
    report = gradcheck.check_network(flat, INPUTS, TARGETS)
    array, position = next(
        (array, int(position))
        for array in report.arrays
        for position in np.flatnonzero(array.verdicts == gradcheck.Verdict.UNDECIDED)
        if array.numerical[position] != 0.0
    )
    (axes,) = draw_claims_and_bars([(array, position)]).figure.axes
    (zero,) = (line for line in axes.lines if line.get_label() == "zero")
    assert abs(float(np.ravel(zero.get_xdata())[0])) <= 2.0
    assert axes.texts[0].get_text() == "undecided"
