"""The option --data, and the digits that it asks for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from gradcheck.commands.shared import Command

if TYPE_CHECKING:
    from nets.data.digits import DigitSets

__all__ = ["data_option", "load_data"]


def data_option(default: str | None, otherwise: str = "") -> Callable[[Command], Command]:
    """The option --data, with its default and what happens without one."""
    return click.option(
        "--data",
        metavar="drawn|mnist|PATH",
        default=default,
        show_default=default is not None,
        help="Digits: drawn from the seed; MNIST, fetched once; or IDX files (a folder, or an "
        f"images file) or mnist.pkl.gz. {otherwise}".rstrip(),
    )


def load_data(data: str, seed: int) -> "DigitSets":
    """Load the digits that --data names, and show how far MNIST has come.

    Raises:
        BadInput: they cannot be had.

    """
    from gradcheck.commands.progress import Progress
    from nets.data.mnist import TOTAL_BYTES
    from nets.data.sources import load_digit_sets

    with Progress("fetching MNIST", TOTAL_BYTES, "bytes") as progress:
        return load_digit_sets(data, seed, progress)
