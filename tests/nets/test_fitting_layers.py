"""Layers that make a network, and those that make none."""

from typing import Any

import numpy as np
import pytest

from nets.activations import ACTIVATIONS
from nets.arrays import Place
from nets.errors import BadInput
from nets.fitting_layers import fitting_layers
from nets.layers import DenseLayer

TANH = ACTIVATIONS["tanh"]


def layer(
    n_downstream: int, n_upstream: int, biases: Any = None, activation: Any = TANH
) -> DenseLayer:
    biases = np.ones((n_downstream, 1)) if biases is None else biases
    return DenseLayer(np.ones((n_downstream, n_upstream)), biases, activation)


def test_layers_that_fit(where: Place) -> None:
    layers = [layer(4, 3), layer(2, 4)]
    assert fitting_layers(iter(layers)) == tuple(layers)
    there = DenseLayer(where.put(np.ones((2, 3))), where.put(np.ones((2, 1))), TANH)
    assert fitting_layers([there]) == (there,)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "the network has no layers; give one or more"),
        (3, "the layers are a int; give a list of nets.DenseLayer"),
        ([layer(2, 3), None], "layer 2 is a NoneType; give a nets.DenseLayer"),
        ([layer(4, 3), layer(2, 5)], "layer 2 have 5 columns; they should have 4, one for each"),
        ([layer(0, 3)], r"layer 1 weights has shape \(0, 3\)"),
        ([layer(4, 3, np.ones((1, 4)))], r"biases has shape \(1, 4\); it should be \(4, 1\)"),
        ([layer(4, 3, [[1.0]] * 4)], "layer 1 biases is a list; give an array"),
        ([layer(4, 3, np.ones((4, 1), int))], "layer 1 biases has dtype int64; give floating"),
        ([layer(4, 3, activation="tanh")], "layer 1 activation is a str; give a nets.Activation"),
    ],
)
def test_layers_that_make_no_network(layers: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        fitting_layers(layers)
