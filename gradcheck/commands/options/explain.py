"""The options of ``gradcheck explain``: a small network, its mini-batch, and one entry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.small_network import (
    expect_small,
    small_network_options,
)
from gradcheck.commands.options.subject import SubjectOptions, weights_option
from gradcheck.commands.options.whole_numbers import WholeNumbersType
from gradcheck.show.numbers import as_typed
from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.walk.chain import OneEntry

__all__ = ["ExplainOptions", "explain_options"]

ENTRY = WholeNumbersType("a layer, a neuron and, for a weight, the neuron upstream, as 2,1,3", 2)


@dataclass(frozen=True)
class ExplainOptions(SubjectOptions):
    """What to explain.

    Attributes beside those of ``SubjectOptions``: ``weight`` (the entry as it was typed: layer,
    neuron, and the neuron upstream, from 1).
    """

    weight: tuple[int, ...] = field(kw_only=True)

    def entry(self, sizes: tuple[int, ...]) -> "OneEntry":
        """The entry in a network of these sizes.

        Raises:
            BadInput: the network is too large to be read, or it has no such entry.

        """
        from gradcheck.walk.chain import OneEntry

        expect_small(sizes, "explain shows at most", "4,5,3")
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
        *small_network_options("network and mini-batch"),
        click.option(
            "--weight",
            type=ENTRY,
            default="1,1,1",
            show_default=True,
            metavar="LAYER,NEURON,UPSTREAM",
            help="The weight to take apart, each number counted from 1, as in the book. Two "
            "numbers, such as 2,1, are the bias of a neuron.",
        ),
        weights_option,
    )(command)
