"""The options of a sweep of steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from gradcheck.commands.options.choices import SCHEME_NAMES, Names, engine_option
from gradcheck.commands.options.common import sample_option
from gradcheck.commands.options.gather import options_as

__all__ = ["SweepOptions", "sweep_options"]


@dataclass(frozen=True)
class SweepOptions:
    """What to sweep; the fields have the names and meanings of ``gradcheck.step_sweep``."""

    schemes: tuple[str, ...]
    engine: str
    sample: int


def sweep_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``SweepOptions``, which the command receives as ``sweep``."""
    return options_as(
        "sweep",
        SweepOptions,
        click.option(
            "--scheme",
            "schemes",
            type=Names(SCHEME_NAMES),
            multiple=True,
            help="A scheme to measure. Give --scheme again for another. Default: all that suit "
            "the network.",
        ),
        engine_option,
        sample_option("Measure", 50),
    )(command)
