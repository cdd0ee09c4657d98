"""How the JSON of the commands describes one of our networks."""

from typing import Any

from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.options.training import TrainingOptions
from nets.network import Network

__all__ = ["network_record"]


def network_record(asked: SubjectOptions | TrainingOptions, network: Network) -> dict[str, Any]:
    """The object ``network`` of the JSON: plain numbers, lists and strings.

    Args:
        asked: the options that describe the network.
        network: is counted.

    """
    return {
        "sizes": list(asked.sizes),
        "activation": asked.activation,
        "cost": asked.cost,
        "init": asked.initialisation,
        "parameters": network.parameter_count,
    }
