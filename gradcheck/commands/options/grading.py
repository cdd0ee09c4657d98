"""The options that say how a class's homework is graded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.adapter import adapter_option
from gradcheck.commands.options.arrays import arrays_option
from gradcheck.commands.options.choices import CLASS_COST_NAMES, COST_NAMES, Names
from gradcheck.commands.options.cluster import cluster_option
from gradcheck.commands.options.common import (
    batch_size_option,
    jobs_option,
    memory_option,
    sample_option,
    seed_option,
    sizes_option,
)
from gradcheck.commands.options.gather import is_typed, options_as
from gradcheck.commands.options.student import timeout_option
from nets.errors import BadInput

__all__ = ["GradingOptions", "grading_options"]


# The options that an assignment file replaces, by their variables.
IN_THE_FILE = {
    "class_name": "--net",
    "shapes": "--arrays",
    "adapter": "--adapter",
    "sizes": "--sizes",
    "cost": "--cost",
    "batch_size": "--batch-size",
    "seed": "--seed",
    "sample": "--sample",
    "timeout": "--timeout",
    "memory": "--memory",
    "provided": "--provide",
}
# What --cluster cannot do, by the flag: its field, and why not.
NOT_ON_CLUSTER = {
    "--jobs": ("jobs", "a cluster checks as many submissions at a time as it has workers"),
    "--keep": ("keep", "the copies that run are on the workers"),
    "--gradescope": ("gradescope", "it is for one submission"),
}
NEW_ASSIGNMENT = "assignment.toml"


@dataclass(frozen=True)
class GradingOptions:
    """The submissions, and how each of them is checked.

    Attributes:
        folder: where the submissions are; None if an assignment file is only written.
        class_name: of the class or function in each; None where the files leave no doubt.
        sizes: neurons in each layer; None for sizes that suit each class.
        cost: of all classes; None for what each class says itself.
        batch_size: examples in the mini-batch.
        seed: of the mini-batch and of the weights.
        sample: the most entries of each array to check; None for all.
        jobs: how many submissions are checked at the same time; None for one on each core.
        timeout: the most seconds for one submission.
        memory: the most megabytes for one submission, beyond Python and NumPy.
        shapes: of the arrays that a function takes, by name.
        adapter: a file that says how every submission is read; None to find it out.
        isolate: whether the code is kept from files, network and other processes; None for
            wherever that can be done.
        assignment: a file that says what was asked for.
        new_assignment: the assignment file to write, and nothing else to do.
        gradescope: the file for Gradescope's results; the folder is one submission then.
        provided: files of the lecturer's that are put beside each submission.
        keep: a folder in which the copies that ran are kept; None to remove them.
        pages: a folder for a page of each submission and an index; None for none.
        cluster: whose workers check the submissions, see ``gradcheck.cluster``; None for here.

    """

    folder: Path | None
    class_name: str | None
    sizes: tuple[int, ...] | None
    cost: str | None
    batch_size: int
    seed: int
    sample: int | None
    jobs: int | None
    timeout: float
    memory: int
    shapes: dict[str, tuple[int, ...]]
    adapter: Path | None
    isolate: bool | None = None
    keep: Path | None = None
    provided: tuple[Path, ...] = ()
    assignment: Path | None = None
    new_assignment: Path | None = None
    gradescope: Path | None = None
    pages: Path | None = None
    cluster: str | None = None

    def expect_consistent(self) -> None:
        """Check that there is a folder, and that no two options say the same thing.

        Raises:
            BadInput: something is missing or given twice, or a name cannot be that of a class.

        """
        if self.folder is None and self.new_assignment is None:
            raise BadInput("the folder with the submissions is missing: gradcheck grade FOLDER")
        if self.assignment is not None:
            typed = [flag for variable, flag in IN_THE_FILE.items() if is_typed(variable)]
            if typed:
                raise BadInput(
                    f"{typed[0]} cannot be given beside --assignment: write it into "
                    f"{self.assignment.name}"
                )
        for flag, (field, reason) in NOT_ON_CLUSTER.items():
            if self.cluster is not None and getattr(self, field) is not None:
                raise BadInput(f"{flag} cannot be given beside --cluster: {reason}")
        if self.class_name is not None and not self.class_name.isidentifier():
            raise BadInput(
                f"--net {self.class_name!r} is not the name of a class; give one, such as Network"
            )


def _assignment_options() -> list[Callable[[Any], Any]]:
    """The options on what was asked for, and on what comes out."""
    return [
        click.option(
            "--assignment",
            type=click.Path(path_type=Path),
            metavar="FILE.toml",
            help="What was asked for: files, parts, points, limits. See the page on grading.",
        ),
        click.option(
            "--new-assignment",
            is_flag=False,
            flag_value=NEW_ASSIGNMENT,
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="[FILE.toml]",
            help=f"Write an assignment file with all keys and comments, by default "
            f"{NEW_ASSIGNMENT}, and grade nothing.",
        ),
        click.option(
            "--gradescope",
            type=click.Path(path_type=Path),
            metavar="results.json",
            help="FOLDER is the submission of one student. Write its results for Gradescope.",
        ),
        click.option(
            "--html",
            "pages",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Write a page for each submission into this folder, and an index of them.",
        ),
    ]


def _place_options() -> list[Callable[[Any], Any]]:
    """The options on where submissions run."""
    return [
        click.option(
            "--isolate/--no-isolate",
            default=None,
            help="Keep the code from your files, from the network and from other processes "
            "(bubblewrap on Linux), or do not. Default: where it can be done.",
        ),
        click.option(
            "--provide",
            "provided",
            multiple=True,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            metavar="FILE",
            help="A file that you gave to the class: it is put beside each submission, and is no "
            "submission itself. May be given several times.",
        ),
        click.option(
            "--keep",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Keep the copies of the submissions that ran in this folder, with all that they "
            "wrote.",
        ),
    ]


def grading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``GradingOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        GradingOptions,
        click.argument("folder", type=click.Path(path_type=Path), required=False),
        *_assignment_options(),
        click.option(
            "--net",
            "class_name",
            metavar="CLASS",
            default=None,
            help="The name of the class or function in each submission. It may be left out where "
            "only one can be meant.",
        ),
        arrays_option,
        adapter_option("A"),
        sizes_option(
            None,
            "Every class is built with these sizes. Default: sizes that suit each class, as for "
            "verify --net.",
        ),
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
        cluster_option,
        *_place_options(),
    )(command)
