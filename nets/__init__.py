"""Fully connected networks with backprop written out layer by layer.

The networks under test: nothing in this package knows of gradient checking. The names below are
imported when they are asked for, so that a command that needs none of them starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nets.activations import ACTIVATIONS, Activation
    from nets.arrays import Place, place, to_numpy
    from nets.costs import COSTS, Cost
    from nets.errors import BadInput
    from nets.layers import DenseLayer, LayerGradients, LayerTrace
    from nets.network import INITIALISATIONS, Network

_HOMES = {
    "activations": ("ACTIVATIONS", "Activation"),
    "arrays": ("Place", "place", "to_numpy"),
    "costs": ("COSTS", "Cost"),
    "errors": ("BadInput",),
    "layers": ("DenseLayer", "LayerGradients", "LayerTrace"),
    "network": ("INITIALISATIONS", "Network"),
}

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "INITIALISATIONS",
    "Activation",
    "BadInput",
    "Cost",
    "DenseLayer",
    "LayerGradients",
    "LayerTrace",
    "Network",
    "Place",
    "place",
    "to_numpy",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"nets.{home}"), name)
    raise AttributeError(f"module 'nets' has no attribute {name!r}")
