"""The options that describe a network and a mini-batch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.options.choices import (
    activation_option,
    cost_option,
    device_option,
    dtype_option,
    initialisation_option,
)
from gradcheck.commands.options.common import (
    batch_size_option,
    data_option,
    seed_option,
    sizes_option,
)
from gradcheck.commands.options.gather import is_typed, options_as

if TYPE_CHECKING:
    from nets.network import Network

__all__ = ["SubjectOptions", "subject_options"]


@dataclass(frozen=True)
class SubjectOptions:
    """The network and the mini-batch that were asked for.

    Attributes:
        sizes: neurons in each layer, the input first.
        activation: a name in ``ACTIVATION_NAMES``.
        cost: a name in ``COST_NAMES``.
        initialisation: a name in ``INITIALISATION_NAMES``.
        batch_size: examples in the mini-batch.
        seed: of the network and of the mini-batch.
        dtype: of the network.
        device: ``cpu`` or ``gpu``.
        data: what --data says; None for random inputs.
        weights: the file that the network comes from; None if it is drawn.
        trained: the network in that file (see ``with_weights_file``).

    """

    sizes: tuple[int, ...]
    activation: str
    cost: str
    initialisation: str
    batch_size: int
    seed: int
    dtype: str = "float64"
    device: str = "cpu"
    data: str | None = None
    weights: Path | None = None
    trained: "Network | None" = None

    @property
    def typed_cost(self) -> str | None:
        """The cost, if it was typed; None if it is only the default."""
        return self.cost if is_typed("cost") else None


weights_option = click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="FILE.npz",
    help="Use the network in this file, written by gradcheck train --save, instead of drawing one.",
)


def subject_options(
    dtype_help: str, cost: Callable[[Any], Any] = cost_option
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of a ``SubjectOptions``, which the command receives as ``asked``.

    Args:
        dtype_help: what --dtype means for the command.
        cost: the option --cost, with the costs that the command knows.

    """
    return options_as(
        "asked",
        SubjectOptions,
        sizes_option("784,30,10"),
        activation_option,
        cost,
        initialisation_option,
        batch_size_option(),
        seed_option("network and mini-batch"),
        dtype_option(dtype_help),
        device_option,
        data_option(None, "Default: random numbers between 0 and 1 instead of digits."),
        weights_option,
    )
