"""The names to choose from in options such as --scheme.

They repeat the names of the records in ``nets`` and ``gradcheck``, because importing the records
imports NumPy, and --help would be several times slower. A test compares them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import click

from nets.errors import did_you_mean

__all__ = [
    "ACTIVATION_NAMES",
    "CLASS_COST_NAMES",
    "COST_NAMES",
    "DEVICE_NAMES",
    "DTYPE_NAMES",
    "ENGINE_NAMES",
    "INITIALISATION_NAMES",
    "MANNER_NAMES",
    "SCHEME_NAMES",
    "Names",
    "activation_option",
    "choice_option",
    "class_cost_option",
    "cost_option",
    "device_option",
    "dtype_option",
    "engine_option",
    "initialisation_option",
]

ACTIVATION_NAMES = ("identity", "sigmoid", "tanh", "relu")
COST_NAMES = ("quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy")
# Costs of somebody else's class alone: our own networks have none of them.
CLASS_COST_NAMES = (
    "mean-squared-error",
    "mean-squared-error-over-outputs",
    "half-mean-squared-error-over-outputs",
)
INITIALISATION_NAMES = ("book", "scaled")
DTYPE_NAMES = ("float64", "float32")
DEVICE_NAMES = ("cpu", "gpu")
SCHEME_NAMES = ("forward", "central", "five-point", "complex")
ENGINE_NAMES = ("batched", "one-by-one")
MANNER_NAMES = ("book", "matrices", "layers", "functions", "params", "regularised")


class Names(click.Choice[str]):
    """One of several names; for a misspelt one the message says which is nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """The message of click, and what may have been meant."""
        message = super().get_invalid_choice_message(value, ctx)
        return f"{message.rstrip('.')}{did_you_mean(value, self.choices)}"


def choice_option(
    flag: str, names: Sequence[str], default: str, help_text: str, metavar: str | None = None
) -> Callable[[Any], Any]:
    """An option that takes one of several names; --help shows the default.

    Where the names are too long for a line of help, ``metavar`` stands for them.
    """
    return click.option(
        flag,
        type=Names(names),
        default=default,
        show_default=True,
        metavar=metavar,
        help=help_text,
    )


activation_option = choice_option(
    "--activation",
    ACTIVATION_NAMES,
    "sigmoid",
    "The function that turns a neuron's z into its activation.",
)
cost_option = choice_option(
    "--cost",
    COST_NAMES,
    "quadratic",
    "The cost (loss) function. A fused cost contains the last layer's activation.",
)
class_cost_option = choice_option(
    "--cost",
    (*COST_NAMES, *CLASS_COST_NAMES),
    "quadratic",
    f"The cost (loss) function: {', '.join(COST_NAMES)}. A fused cost contains the last layer's "
    "activation. With --net also: mean-squared-error, sum (a - y)^2 without the half; "
    "mean-squared-error-over-outputs, the same divided by the number of outputs; "
    "half-mean-squared-error-over-outputs, half of that.",
    metavar="NAME",
)
initialisation_option = click.option(
    "--init",
    "initialisation",
    type=Names(INITIALISATION_NAMES),
    default="book",
    show_default=True,
    help="How weights and biases are drawn. book: all from N(0, 1). scaled: weights from "
    "N(0, 1/n), where n is the number of neurons upstream, and biases 0.",
)
device_option = choice_option(
    "--device",
    DEVICE_NAMES,
    "cpu",
    "cpu: compute with NumPy. gpu: compute with CuPy on the first GPU.",
)
engine_option = choice_option(
    "--engine",
    ENGINE_NAMES,
    "batched",
    "batched: compute many changed costs at once, as columns of a few matrices. one-by-one: one "
    "full forward pass for each, as in the book.",
)


def dtype_option(help_text: str) -> Callable[[Any], Any]:
    """The option --dtype, with what it means for a command."""
    return choice_option("--dtype", DTYPE_NAMES, "float64", help_text)
