"""Options that several commands have, and that take no name from a list."""

from collections.abc import Callable
from typing import Any

import click

from gradcheck.commands.options.whole_numbers import SIZES, whole_number_option

__all__ = [
    "MEGABYTE",
    "batch_size_option",
    "data_option",
    "jobs_option",
    "memory_option",
    "sample_option",
    "seed_option",
    "sizes_option",
    "threads_option",
]

MEGABYTE = 1_000_000  # bytes, as --memory counts them


def sizes_option(default: str | None, more: str = "") -> Callable[[Any], Any]:
    """The option --sizes, with its default, or none, and what a command adds to the help."""
    return click.option(
        "--sizes",
        type=SIZES,
        default=default,
        show_default=default is not None,
        help=f"The neurons in each layer, beginning with the inputs. {more}".rstrip(),
    )


def batch_size_option(more: str = "") -> Callable[[Any], Any]:
    """The option --batch-size, with what a command adds to the help."""
    return whole_number_option(
        "--batch-size", f"How many examples a mini-batch has. {more}".rstrip(), default=10
    )


def seed_option(same: str) -> Callable[[Any], Any]:
    """The option --seed, with what is the same for the same seed."""
    return whole_number_option("--seed", f"Same seed, same {same}.", default=0, least=0)


def sample_option(verb: str, default: int | None = None) -> Callable[[Any], Any]:
    """The option --sample, with what is done to the entries; without a default it is all."""
    otherwise = "" if default else " Default: all entries."
    return whole_number_option(
        "--sample",
        f"{verb} at most N entries of each array, drawn at random.{otherwise}",
        default=default,
    )


def threads_option(help_text: str, default: int | None = 1) -> Callable[[Any], Any]:
    """The option --threads, with what threads are used for in a command."""
    return whole_number_option("--threads", help_text, default=default)


def jobs_option(help_text: str) -> Callable[[Any], Any]:
    """The option --jobs, with what works at the same time in a command."""
    return whole_number_option("--jobs", help_text, most=256)


def memory_option(whose: str) -> Callable[[Any], Any]:
    """The option --memory, with whose memory it limits."""
    return whole_number_option(
        "--memory",
        f"{whose}, beyond what Python and NumPy need themselves.",
        default=1000,
        least=10,
        metavar="MB",
    )


def data_option(default: str | None, otherwise: str = "") -> Callable[[Any], Any]:
    """The option --data, with its default and what happens without one."""
    return click.option(
        "--data",
        metavar="drawn|mnist|PATH",
        default=default,
        show_default=default is not None,
        help="Which digits. drawn: made from the seed. mnist: MNIST, downloaded once. PATH: a "
        f"folder of IDX files, one IDX file of images, or mnist.pkl.gz. {otherwise}".rstrip(),
    )
