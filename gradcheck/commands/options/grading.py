"""The options that say how a class's homework is graded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.adapter import adapter_option
from gradcheck.commands.options.arrays import arrays_option
from gradcheck.commands.options.choices import CLASS_COST_NAMES, COST_NAMES, Names
from gradcheck.commands.options.common import (
    batch_size_option,
    jobs_option,
    memory_option,
    sample_option,
    seed_option,
    sizes_option,
)
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.student import timeout_option
from nets.errors import BadInput

__all__ = ["GradingOptions", "grading_options"]


@dataclass(frozen=True)
class GradingOptions:
    """The submissions, and how each of them is checked.

    Attributes:
        folder: where the submissions are.
        class_name: of the class or function in each; None where the files leave no doubt.
        sizes: neurons in each layer.
        cost: of all classes; None for what each class says itself.
        batch_size: examples in the mini-batch.
        seed: of the mini-batch and of the weights.
        sample: the most entries of each array to check; None for all.
        jobs: how many submissions are checked at the same time; None for one on each core.
        timeout: the most seconds for one submission.
        memory: the most megabytes for one submission, beyond Python and NumPy.
        shapes: of the arrays that a function takes, by name.
        adapter: a file that says how every submission is read; None to find it out.

    """

    folder: Path
    class_name: str | None
    sizes: tuple[int, ...]
    cost: str | None
    batch_size: int
    seed: int
    sample: int | None
    jobs: int | None
    timeout: float
    memory: int
    shapes: dict[str, tuple[int, ...]]
    adapter: Path | None

    def expect_consistent(self) -> None:
        """Check that the class has a name that a class can have.

        Raises:
            BadInput: it has not.

        """
        if self.class_name is not None and not self.class_name.isidentifier():
            raise BadInput(
                f"--net {self.class_name!r} is not the name of a class; give one, such as Network"
            )


def grading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``GradingOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        GradingOptions,
        click.argument("folder", type=click.Path(path_type=Path)),
        click.option(
            "--net",
            "class_name",
            metavar="CLASS",
            default=None,
            help="The name of the class or function in each submission. It may be left out where "
            "the files leave no doubt.",
        ),
        arrays_option,
        adapter_option("A"),
        sizes_option("20,8,3", "Every class is built with these sizes."),
        click.option(
            "--cost",
            type=Names((*COST_NAMES, *CLASS_COST_NAMES)),
            metavar="NAME",
            help="The cost of all classes, one of "
            f"{', '.join((*COST_NAMES, *CLASS_COST_NAMES))}. Default: what each class says itself.",
        ),
        batch_size_option(),
        seed_option("mini-batch and weights"),
        sample_option("Check"),
        jobs_option(
            "How many submissions are checked at the same time. Default: one on each core."
        ),
        timeout_option("How long one submission may take in all.", 30.0),
        memory_option("How much memory one submission may use"),
    )(command)
