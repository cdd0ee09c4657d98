"""The options that plant a mistake in backprop, and that hide its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.whole_numbers import whole_number_option
from nets.errors import BadInput

__all__ = ["BugOptions", "bug_options"]


@dataclass(frozen=True)
class BugOptions:
    """The mistake to plant, and how much to say about it.

    Attributes:
        bug: its name, or ``random``, or None for no mistake.
        layer: where, counted from 1; None for the last layer where it changes something, or with
            ``random`` for a random one.
        reveal: whether to name a random mistake.
        hints: how many hints to give instead of the diagnosis; None for the diagnosis.

    """

    bug: str | None
    layer: int | None
    reveal: bool
    hints: int | None

    @property
    def is_secret(self) -> bool:
        """Whether the planted mistake must not be named."""
        return self.bug == "random" and not self.reveal

    @property
    def hints_to_give(self) -> int | None:
        """How many hints stand in the place of the diagnosis; None for the diagnosis."""
        return self.hints or (1 if self.is_secret else None)

    def expect_consistent(self, *, is_student: bool) -> None:
        """Check that the options make sense together.

        Args:
            is_student: whether somebody else's code is checked, in which there may be a mistake
                though none is planted.

        Raises:
            BadInput: they do not, or there is no such mistake.

        """
        if self.bug is None:
            hints = self.hints is not None and not is_student
            for name, given in (
                ("--layer", self.layer is not None),
                ("--reveal", self.reveal),
                ("--hints", hints),
            ):
                if given:
                    or_net = ", or --net FILE" if name == "--hints" else ""
                    raise BadInput(
                        f"{name} needs --bug NAME{or_net}; gradcheck bugs lists the names"
                    )
        elif self.bug != "random":
            from gradcheck.bugs.zoo import bug_named

            bug_named(self.bug)


def _names(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """What a shell may put behind --bug: the names that begin with what was typed."""
    from gradcheck.bugs.zoo import BUGS

    return [name for name in ("random", *BUGS) if name.startswith(typed)]


def bug_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``BugOptions``, which the command receives as ``mistake``."""
    return options_as(
        "mistake",
        BugOptions,
        click.option(
            "--bug",
            metavar="NAME",
            shell_complete=_names,
            help="Plant a mistake in backprop: a name from gradcheck bugs, or random.",
        ),
        whole_number_option(
            "--layer",
            "The layer of the mistake. Default: the last one where it changes something; for "
            "random, any such layer.",
            metavar="L",
        ),
        click.option("--reveal", is_flag=True, help="Name the mistake that --bug random planted."),
        whole_number_option(
            "--hints",
            "Give 1 to 3 hints instead of naming the mistake. --bug random gives 1 by default.",
            most=3,
        ),
    )(command)
