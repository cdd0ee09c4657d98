"""The options of a training."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    threads_option,
)
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.whole_numbers import whole_number_option
from nets.errors import BadInput

__all__ = ["TrainingOptions", "training_options"]


@dataclass(frozen=True)
class TrainingOptions:
    """What to train and how; the fields have the names and meanings of ``nets.training.train``.

    Attributes beside those: ``check_every`` (check the gradient after so many epochs; None for
    never) and ``save`` (the file for the network; None for none).
    """

    sizes: tuple[int, ...]
    activation: str
    cost: str
    initialisation: str
    epochs: int
    batch_size: int
    eta: float
    data: str
    seed: int
    dtype: str
    device: str
    threads: int
    check_every: int | None
    save: Path | None

    def expect_consistent(self) -> None:
        """Check that the options make sense together, and that the network can be saved.

        Raises:
            BadInput: they do not, or it cannot.

        """
        from gradcheck.show.files import expect_writable

        if self.save is not None:
            if self.save.suffix.lower() != ".npz":
                raise BadInput(
                    f"--save {self.save.name!r} is not a name for a file of weights; give a name "
                    "that ends in .npz"
                )
            expect_writable(self.save)
        if self.check_every is not None and self.check_every > self.epochs:
            raise BadInput(
                f"--check-every {self.check_every} with --epochs {self.epochs} would check "
                f"nothing; give at most {self.epochs}"
            )


def training_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``TrainingOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        TrainingOptions,
        sizes_option("784,30,10"),
        activation_option,
        cost_option,
        initialisation_option,
        whole_number_option("--epochs", "How often each training example is used.", default=30),
        batch_size_option("Each mini-batch is one step."),
        click.option(
            "--eta",
            type=float,
            default=3.0,
            show_default=True,
            help="The learning rate: a step is eta times the negative gradient.",
        ),
        data_option("drawn"),
        seed_option("training"),
        dtype_option("The number type of the training. Gradients are checked in float64."),
        device_option,
        threads_option(
            "Threads for matrix products. More than one helps with wide layers and large "
            "mini-batches."
        ),
        whole_number_option(
            "--check-every",
            "Check a sample of the gradient after every N epochs, and stop if it is wrong.",
        ),
        click.option(
            "--save",
            type=click.Path(path_type=Path),
            metavar="FILE.npz",
            help="Write the network to this file after each epoch. gradcheck verify --weights "
            "reads it.",
        ),
    )(command)
