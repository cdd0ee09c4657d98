"""The drawing of a network."""

import numpy as np

from gradcheck.walk.figure import draw_walk
from tests.gradcheck.walk.test_walk import walk_of


def test_every_weight_is_an_edge_with_its_sign_and_every_neuron_a_circle() -> None:
    walk = walk_of(2, 3, 1)
    axes = draw_walk(walk).axes[0]
    edges = [line for line in axes.lines if line.get_marker() == "None"]
    weights = np.concatenate([layer.weights.ravel() for layer in walk.passes.network.layers])
    assert len(edges) == len(weights) == 9
    assert [line.get_linestyle() for line in edges] == ["-" if w >= 0 else "--" for w in weights]
    assert sum(line.get_marker() == "o" for line in axes.lines) == 6
    bold = [text.get_text() for text in axes.texts if text.get_fontweight() == "bold"]
    assert bold == [f"{weights[0]:.2f}"]


def test_a_large_network_has_the_chosen_weight_only() -> None:
    axes = draw_walk(walk_of(16, 10, 10)).axes[0]
    assert len(axes.texts) == 1
