"""The options that say how a gradient is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from gradcheck.commands.options.choices import SCHEME_NAMES, choice_option, engine_option
from gradcheck.commands.options.cluster import cluster_option
from gradcheck.commands.options.common import sample_option, threads_option
from gradcheck.commands.options.gather import options_as

__all__ = ["CheckOptions", "check_options"]


@dataclass(frozen=True)
class CheckOptions:
    """How to check a gradient; None stands for the default that ``check_network`` describes."""

    scheme: str
    epsilon: float | None
    engine: str
    threads: int | None
    sample: int | None
    cluster: str | None = None


def check_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``CheckOptions``, which the command receives as ``check``."""
    return options_as(
        "check",
        CheckOptions,
        choice_option(
            "--scheme",
            SCHEME_NAMES,
            "forward",
            "How each slope is measured. forward is equation (46).",
        ),
        click.option(
            "--epsilon",
            type=float,
            metavar="STEP",
            help="How far a parameter w is moved, in units of max(1, |w|); at most 0.1. By default "
            "each scheme uses a step that suits it.",
        ),
        engine_option,
        threads_option("Threads for the batched engine. Default: one for each core.", default=None),
        sample_option("Check"),
        cluster_option,
    )(command)
