"""Whole numbers as they are typed: one, such as --sample 50, or several, such as 784,30,10."""

from collections.abc import Callable
from typing import Any

import click

from gradcheck.commands.options.param_type import ParamType

__all__ = ["BATCH_SIZES", "SIZES", "WholeNumbersType", "whole_number_option"]


def whole_number_option(
    flag: str,
    help_text: str,
    *,
    default: int | None = None,
    least: int = 1,
    most: int | None = None,
    metavar: str = "N",
) -> Callable[[Any], Any]:
    """An option that takes one whole number within limits; --help shows the limits."""
    return click.option(
        flag,
        type=click.IntRange(least, most),
        default=default,
        show_default=default is not None,
        metavar=metavar,
        help=help_text,
    )


class WholeNumbersType(ParamType[tuple[int, ...]]):
    """Whole numbers with commas between them, each at least 1, such as ``784,30,10``."""

    name = "SIZES"

    def __init__(self, what: str, least: int = 1) -> None:
        """Say what has to be given, with an example, and at least how many numbers."""
        self._what, self._least = what, least

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Parse the numbers, or say which of them is wrong."""
        if isinstance(value, tuple):
            return value
        numbers = []
        for part in (part.strip() for part in str(value).split(",")):
            number = _whole_number(part)
            if number is None or number < 1:
                odd = repr(part) if part else "an empty place between commas"
                self.fail(
                    f"{value!r}: {odd} is not a whole number of at least 1; give {self._what}"
                )
            numbers.append(number)
        if len(numbers) < self._least:
            self.fail(f"{value!r} has too few numbers; give {self._what}")
        return tuple(numbers)


SIZES = WholeNumbersType("the neurons of two or more layers, such as 784,30,10", least=2)
BATCH_SIZES = WholeNumbersType("batch sizes such as 1,10,100")


def _whole_number(text: str) -> int | None:
    """The whole number that a text stands for, such as 784 or 1e6; None if it is none.

    A number too large for a float is infinite, and so it is none.
    """
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
