"""The options of the live page: a small network, its mini-batch, and the file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.choices import (
    activation_option,
    cost_option,
    initialisation_option,
)
from gradcheck.commands.options.common import data_option, seed_option, sizes_option
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.whole_numbers import as_typed, whole_number_option
from nets.errors import BadInput

__all__ = ["MOST_PARAMETERS", "PageOptions", "page_options"]

# Parameters of a live page: so many can be drawn and clicked, and measured again and again while
# one of them is moved.
MOST_PARAMETERS = 500
# Examples in its mini-batch: as many columns as a reader can still look through.
MOST_EXAMPLES = 50


@dataclass(frozen=True)
class PageOptions:
    """What the page is to show; the fields have the names and meanings of ``SubjectOptions``.

    Attributes beside those: ``bug`` (the mistake to begin with; None for none), ``layer`` (where;
    None for the last layer where it changes something) and ``file`` (where to write the page).
    """

    sizes: tuple[int, ...]
    activation: str
    cost: str
    initialisation: str
    batch_size: int
    seed: int
    data: str | None
    bug: str | None
    layer: int | None
    file: Path

    def expect_consistent(self) -> None:
        """Check that there is room for the network, that the mistake exists, and the file's name.

        Raises:
            BadInput: the network is too large, or the options contradict each other, or the file
                cannot be written.

        """
        from gradcheck.show.page.document import expect_page_file
        from nets.shapes import parameter_count

        parameters = parameter_count(self.sizes)
        if parameters > MOST_PARAMETERS:
            raise BadInput(
                f"a network of sizes {as_typed(self.sizes)} has {parameters:,} parameters, and a "
                f"live page has room for {MOST_PARAMETERS}; use smaller layers, such as --sizes "
                "20,15,5, or check all of it with gradcheck verify --sizes "
                f"{as_typed(self.sizes)} --html report.html"
            )
        if self.layer is not None and self.bug is None:
            raise BadInput("--layer needs --bug NAME; gradcheck bugs lists the names")
        if self.bug is not None:
            from gradcheck.bugs.zoo import bug_named

            bug_named(self.bug)
        expect_page_file(self.file)


def page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``PageOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        PageOptions,
        sizes_option("2,3,1", f"There is room for {MOST_PARAMETERS} weights and biases."),
        activation_option,
        cost_option,
        initialisation_option,
        whole_number_option(
            "--batch-size", "How many examples a mini-batch has.", default=4, most=MOST_EXAMPLES
        ),
        seed_option("networks and mini-batches"),
        data_option(
            None,
            "Images are shrunk to as many pixels as the network has inputs, such as 16 (4 x 4). "
            "Default: random numbers between 0 and 1 instead of digits.",
        ),
        click.option(
            "--bug", metavar="NAME", help="Begin with this mistake: a name from gradcheck bugs."
        ),
        whole_number_option(
            "--layer",
            "The layer of the mistake. Default: the last one where it changes something.",
            metavar="L",
        ),
        click.option(
            "-o",
            "--output",
            "file",
            type=click.Path(path_type=Path),
            required=True,
            metavar="FILE.html",
            help="Write the page to this file.",
        ),
    )(command)
