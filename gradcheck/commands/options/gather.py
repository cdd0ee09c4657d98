"""Options of a command, handed over to it as one record."""

import functools
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import click

__all__ = ["Command", "is_typed", "options_as"]

Command = TypeVar("Command", bound=Callable[..., Any])


def options_as(
    name: str, record: type, *options: Callable[[Any], Any]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add options to a command, which receives them together, as one record.

    Args:
        name: the name of the command's argument that receives the record.
        record: a dataclass. A field with the name of an option's variable receives its value;
            a field without an option keeps its default.
        options: click options, in the order in which --help lists them.

    """
    names = [field.name for field in fields(record)]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_record(**given: Any) -> Any:
            values = {each: given.pop(each) for each in names if each in given}
            return command(**given, **{name: record(**values)})

        decorated: Callable[..., Any] = with_record
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def is_typed(variable: str) -> bool:
    """Whether the running command's option with this variable stood on the command line."""
    source = click.get_current_context().get_parameter_source(variable)
    return source is click.core.ParameterSource.COMMANDLINE
