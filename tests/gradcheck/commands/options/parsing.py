"""Options as a command receives them, without the command."""

from collections.abc import Callable
from typing import Any

import click

__all__ = ["help_of", "parsed"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def command_with(options: Decorator) -> click.Command:
    """A command that only returns what it receives: one record, or one value."""

    def command(**given: Any) -> Any:
        (value,) = given.values()
        return value

    return click.command()(options(command))


def parsed(options: Decorator, *arguments: str) -> Any:
    """What a command receives.

    Raises:
        click.UsageError: the arguments are wrong.

    """
    return command_with(options).main(list(arguments), standalone_mode=False)


def help_of(options: Decorator) -> str:
    """The help of these options, on one line."""
    command = command_with(options)
    return " ".join(command.get_help(click.Context(command)).split())
