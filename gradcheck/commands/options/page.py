"""The options of the live page: a small network, its mini-batch, and the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.small_network import (
    expect_small,
    small_network_options,
)
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.options.whole_numbers import whole_number_option
from nets.errors import BadInput

__all__ = ["PageOptions", "page_options"]


@dataclass(frozen=True)
class PageOptions(SubjectOptions):
    """What the page shows.

    Attributes beside those of ``SubjectOptions``: ``bug`` (the mistake to begin with; None for
    none), ``layer`` (where; None for the last layer where it changes something) and ``file`` (where
    to write the page).
    """

    bug: str | None = field(kw_only=True)
    layer: int | None = field(kw_only=True)
    file: Path = field(kw_only=True)

    def expect_consistent(self) -> None:
        """Check that there is room for the network, that the mistake exists, and the file's name.

        Raises:
            BadInput: the network is too large, or the options contradict each other, or the file
                cannot be written.

        """
        from gradcheck.show.page.document import expect_page_file

        expect_small(self.sizes, "a live page has room for", "20,15,5", "--html report.html")
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
        *small_network_options("networks and mini-batches"),
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
