"""The options of small networks, whose numbers are all shown: in the terminal or on a page."""

from collections.abc import Callable
from typing import Any

from gradcheck.commands.options.choices import (
    activation_option,
    cost_option,
    initialisation_option,
)
from gradcheck.commands.options.common import data_option, seed_option, sizes_option
from gradcheck.commands.options.whole_numbers import whole_number_option
from gradcheck.show.numbers import as_typed
from nets.errors import BadInput

__all__ = ["expect_small", "small_network_options"]

# Parameters of the network: so many can be drawn and clicked on a page, and measured again and
# again while one of them is moved.
MOST_PARAMETERS = 500
# Examples in its mini-batch: as many columns as a reader can still look through.
MOST_EXAMPLES = 50


def small_network_options(same: str) -> tuple[Callable[[Any], Any], ...]:
    """The options from --sizes to --data, with the same defaults for all such commands.

    Args:
        same: what is the same for the same seed.

    """
    return (
        sizes_option("2,3,1", f"There is room for {MOST_PARAMETERS} weights and biases."),
        activation_option,
        cost_option,
        initialisation_option,
        whole_number_option(
            "--batch-size",
            "How many examples a mini-batch has.",
            default=4,
            most=MOST_EXAMPLES,
        ),
        seed_option(same),
        data_option(
            None,
            "Images are shrunk to as many pixels as the network has inputs, such as 16 (4 x 4). "
            "Default: random numbers between 0 and 1 instead of digits.",
        ),
    )


def expect_small(sizes: tuple[int, ...], room: str, smaller: str, report: str = "") -> None:
    """Check that a network is small enough for all of it to be shown.

    Args:
        sizes: neurons in each layer.
        room: what has room for how much, such as ``a live page has room for``.
        smaller: sizes that are small enough, as they are typed.
        report: more options of the check that is possible instead.

    Raises:
        BadInput: it is too large.

    """
    from nets.shapes import parameter_count

    parameters = parameter_count(sizes)
    if parameters > MOST_PARAMETERS:
        instead = f"gradcheck verify --sizes {as_typed(sizes)} {report}".rstrip()
        raise BadInput(
            f"a network of sizes {as_typed(sizes)} has {parameters:,} parameters, and {room} "
            f"{MOST_PARAMETERS}; use smaller layers, such as --sizes {smaller}, or check all of it "
            f"with {instead}"
        )
