"""The options of ``gradcheck explain``: a small network, its mini-batch, and one entry."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.options.choices import (
    activation_option,
    cost_option,
    initialisation_option,
)
from gradcheck.commands.options.common import data_option, seed_option, sizes_option
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.page import MOST_EXAMPLES, MOST_PARAMETERS
from gradcheck.commands.options.subject import SubjectOptions, weights_option
from gradcheck.commands.options.whole_numbers import (
    WholeNumbersType,
    as_typed,
    whole_number_option,
)
from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.walk.chain import OneEntry

__all__ = ["ExplainOptions", "explain_options"]

ENTRY = WholeNumbersType("a layer, a neuron and, for a weight, the neuron upstream, as 2,1,3", 2)


@dataclass(frozen=True)
class ExplainOptions:
    """What to explain; the fields have the names and meanings of ``SubjectOptions``.

    ``weight`` is the entry as it was typed: layer, neuron, and the neuron upstream, from 1.
    """

    sizes: tuple[int, ...]
    activation: str
    cost: str
    initialisation: str
    batch_size: int
    seed: int
    data: str | None
    weights: Path | None
    weight: tuple[int, ...]

    def subject(self) -> SubjectOptions:
        """The same as the options of other commands."""
        return SubjectOptions(
            sizes=self.sizes,
            activation=self.activation,
            cost=self.cost,
            initialisation=self.initialisation,
            batch_size=self.batch_size,
            seed=self.seed,
            dtype="float64",
            device="cpu",
            data=self.data,
            weights=self.weights,
        )

    def entry(self, sizes: tuple[int, ...]) -> "OneEntry":
        """The entry in a network of these sizes.

        Raises:
            BadInput: the network is too large to be read, or it has no such entry.

        """
        from gradcheck.walk.chain import OneEntry
        from nets.shapes import parameter_count

        parameters = parameter_count(sizes)
        if parameters > MOST_PARAMETERS:
            raise BadInput(
                f"a network of sizes {as_typed(sizes)} has {parameters:,} parameters, and explain "
                f"shows at most {MOST_PARAMETERS}; use smaller layers, such as --sizes 4,5,3, or "
                f"check all of it with gradcheck verify --sizes {as_typed(sizes)}"
            )
        given = as_typed(self.weight)
        if len(self.weight) > 3:
            raise BadInput(f"--weight {given} has too many numbers; give layer,neuron,upstream")
        layer, neuron, *upstream = self.weight
        if layer >= len(sizes):
            raise BadInput(
                f"--weight {given}: there is no layer {layer}; the layers are 1 to {len(sizes) - 1}"
            )
        for number, most, what in zip(
            (neuron, *upstream),
            (sizes[layer], sizes[layer - 1]),
            ("", "upstream of "),
            strict=False,
        ):
            if number > most:
                raise BadInput(
                    f"--weight {given}: there is no neuron {number} {what or 'in '}layer {layer}; "
                    f"give 1 to {most}"
                )
        return OneEntry(layer, neuron - 1, upstream[0] - 1 if upstream else None)


def explain_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an ``ExplainOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        ExplainOptions,
        sizes_option("2,3,1", f"At most {MOST_PARAMETERS} weights and biases."),
        click.option(
            "--weight",
            type=ENTRY,
            default="1,1,1",
            show_default=True,
            metavar="LAYER,NEURON,UPSTREAM",
            help="The weight to take apart, each number counted from 1, as in the book. Two "
            "numbers, such as 2,1, are the bias of a neuron.",
        ),
        activation_option,
        cost_option,
        initialisation_option,
        whole_number_option(
            "--batch-size", "How many examples a mini-batch has.", default=2, most=MOST_EXAMPLES
        ),
        seed_option("network and mini-batch"),
        data_option(
            None,
            "Images are shrunk to as many pixels as the network has inputs, such as 16 (4 x 4). "
            "Default: random numbers between 0 and 1 instead of digits.",
        ),
        weights_option,
    )(command)
