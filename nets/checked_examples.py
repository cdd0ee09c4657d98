"""Checks that something is a network, with examples that it can be trained on."""

from typing import Any

from nets.arrays import Array
from nets.errors import BadInput
from nets.fitting_layers import fitting_layers
from nets.network import Network
from nets.plain_arrays import expect_real_beside

__all__ = ["expect_network", "expect_real_examples"]


def expect_network(network: Any) -> None:
    """Check that something is a network, and that its layers fit each other.

    ``Network`` checks its layers too, but not those of ``with_parameters`` and of subclasses that
    have an ``__init__`` of their own.

    Raises:
        BadInput: it is none, or they do not.

    """
    if not isinstance(network, Network):
        raise BadInput(f"the network is a {type(network).__name__}; give a nets.Network")
    fitting_layers(network.layers)


def expect_real_examples(network: Any, inputs: Array, targets: Array) -> None:
    """Check that something is a network, with examples that it can be trained on.

    Args:
        network: what was given.
        inputs: (n_input, n), finite real numbers in an array of the network's library.
        targets: (n_output, n), likewise.

    Raises:
        BadInput: it is no network, or one of the arrays cannot be used with it.

    """
    expect_network(network)
    for name, array in (("inputs", inputs), ("targets", targets)):
        expect_real_beside(network.place, name, array)
    network.expect_examples(inputs, targets)
