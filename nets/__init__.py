"""Fully connected networks with backprop written out layer by layer.

This package does not check gradients. Read ``network`` first, then ``layers``,
``activations`` and ``costs``; then ``gradient_descent`` and ``training``.

Each name below is imported when it is first used, so that a command that needs none of them starts
at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nets.activations import ACTIVATIONS, Activation
    from nets.answers import accuracy, right_answers
    from nets.arrays import Place, place, to_numpy
    from nets.costs import COSTS, Cost
    from nets.errors import BadInput
    from nets.initialisation import INITIALISATIONS
    from nets.layers import DenseLayer, LayerGradients, LayerTrace
    from nets.network import Network
    from nets.training import CostDiverged, Epoch, train
    from nets.weights import load_network, save_network

_HOMES = {
    "activations": ("ACTIVATIONS", "Activation"),
    "answers": ("accuracy", "right_answers"),
    "arrays": ("Place", "place", "to_numpy"),
    "costs": ("COSTS", "Cost"),
    "errors": ("BadInput",),
    "initialisation": ("INITIALISATIONS",),
    "layers": ("DenseLayer", "LayerGradients", "LayerTrace"),
    "network": ("Network",),
    "training": ("CostDiverged", "Epoch", "train"),
    "weights": ("load_network", "save_network"),
}

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "INITIALISATIONS",
    "Activation",
    "BadInput",
    "Cost",
    "CostDiverged",
    "DenseLayer",
    "Epoch",
    "LayerGradients",
    "LayerTrace",
    "Network",
    "Place",
    "accuracy",
    "load_network",
    "place",
    "right_answers",
    "save_network",
    "to_numpy",
    "train",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"nets.{home}"), name)
    raise AttributeError(f"module 'nets' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The names above, also before they are imported, for completion and ``dir``."""
    return sorted({*globals(), *__all__})
