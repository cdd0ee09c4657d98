"""What a command is about: a network and a mini-batch, built as the options say."""

from dataclasses import dataclass
from typing import Any

from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.network_record import network_record
from gradcheck.commands.runs.digits import draw_mini_batch
from nets.arrays import Place, place
from nets.network import Network

__all__ = ["Subject", "build_subject", "network_of"]


@dataclass(frozen=True)
class Subject:
    """A network, a mini-batch for it, and the options that describe both."""

    options: SubjectOptions
    network: Network
    inputs: Any  # (n_input, batch)
    targets: Any  # (n_output, batch)
    examples: str  # what the inputs are, in words

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: the part of the JSON that describes it."""
        asked = self.options
        return {
            "network": network_record(asked, self.network),
            "device": asked.device,
            "dtype": asked.dtype,
            "batch_size": asked.batch_size,
            "seed": asked.seed,
            "data": self.examples,
            "weights": None if asked.weights is None else str(asked.weights),
        }


def build_subject(asked: SubjectOptions) -> Subject:
    """Draw the mini-batch, and the network unless it comes from a file.

    Raises:
        BadInput: the data cannot be read or does not fit the network, or there is no such device.

    """
    inputs, targets, examples = draw_mini_batch(
        asked.data, asked.sizes, asked.batch_size, asked.seed
    )
    where = place(asked.device, asked.dtype)
    network = network_of(asked, where)
    return Subject(asked, network, where.put(inputs), where.put(targets), examples)


def network_of(asked: SubjectOptions, where: Place) -> Network:
    """The network of a file, or a drawn one."""
    if asked.trained is not None:
        parameters = [where.put(array) for array in asked.trained.parameters]
        return asked.trained.with_parameters(parameters)
    return Network.create(
        asked.sizes,
        activation=asked.activation,
        cost=asked.cost,
        initialisation=asked.initialisation,
        seed=asked.seed,
        where=where,
    )
