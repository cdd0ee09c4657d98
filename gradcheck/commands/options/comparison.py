"""The options of a comparison of costs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.options.choices import activation_option, device_option, dtype_option
from gradcheck.commands.options.common import seed_option, threads_option
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.whole_numbers import BATCH_SIZES, SIZES

if TYPE_CHECKING:
    from gradcheck.costs.cost_row import Case

__all__ = ["ComparisonOptions", "comparison_options"]

# Seconds for all measurements. The whole command takes a second or two more.
USUAL_SECONDS, QUICK_SECONDS = 9.0, 2.5


@dataclass(frozen=True)
class ComparisonOptions:
    """What to compare; the fields have the names and meanings of ``compare_costs``."""

    networks: tuple[tuple[int, ...], ...]
    batch_sizes: tuple[int, ...] | None
    activation: str
    dtype: str
    device: str
    threads: int
    budget: float | None
    quick: bool
    seed: int

    @property
    def seconds(self) -> float:
        """About how long all measurements together may take."""
        if self.budget is not None:
            return self.budget
        return QUICK_SECONDS if self.quick else USUAL_SECONDS

    def cases(self) -> "tuple[Case, ...]":
        """Each network with each batch size; those of the lecture if neither was given."""
        from gradcheck.costs.cost_row import LECTURE, Case

        if not self.networks and self.batch_sizes is None:
            return LECTURE
        networks = self.networks or ((784, 30, 10),)
        return tuple(
            Case(sizes, batch) for sizes in networks for batch in self.batch_sizes or (10,)
        )


def comparison_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``ComparisonOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        ComparisonOptions,
        click.option(
            "--sizes",
            "networks",
            type=SIZES,
            multiple=True,
            help="The neurons in each layer, beginning with the inputs. Give --sizes again for "
            "another network.",
        ),
        click.option(
            "--batch-size",
            "batch_sizes",
            type=BATCH_SIZES,
            metavar="N,N,...",
            help="How many examples a mini-batch has. Each number gives a row.",
        ),
        activation_option,
        dtype_option("The number type of forward and backprop."),
        device_option,
        threads_option("Threads for matrix products and for the batched engine."),
        click.option(
            "--budget",
            type=float,
            metavar="SECONDS",
            help="About how long all measurements together may take.  "
            f"[default: {USUAL_SECONDS:g}, with --quick {QUICK_SECONDS:g}]",
        ),
        click.option("--quick", is_flag=True, help="Measure for a few seconds only."),
        seed_option("networks and mini-batches"),
    )(command)
