"""The options of small networks, and how small they must be."""

from collections.abc import Callable
from typing import Any

import click
import pytest

from gradcheck.commands.options.small_network import (
    MOST_EXAMPLES,
    MOST_PARAMETERS,
    expect_small,
    small_network_options,
)
from nets.errors import BadInput


def command() -> click.Command:
    """A command that returns what it receives."""
    found: Callable[..., Any] = lambda **given: given  # noqa: E731
    for option in reversed(small_network_options("page")):
        found = option(found)
    return click.command()(found)


def parsed(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = command().main(list(arguments), standalone_mode=False)
    return found


def test_the_options_stand_in_their_order_with_their_defaults() -> None:
    assert parsed() == {
        "sizes": (2, 3, 1),
        "activation": "sigmoid",
        "cost": "quadratic",
        "initialisation": "book",
        "batch_size": 4,
        "seed": 0,
        "data": None,
    }
    help_text = command().get_help(click.Context(command()))
    assert "Same seed, same page." in help_text
    places = [help_text.index(f"--{name}") for name in ("activation", "cost", "seed", "data")]
    assert places == sorted(places)


def test_a_mini_batch_has_as_many_examples_as_can_be_looked_through() -> None:
    assert parsed("--batch-size", str(MOST_EXAMPLES))["batch_size"] == MOST_EXAMPLES
    with pytest.raises(click.UsageError, match="51 is not in the range"):
        parsed("--batch-size", str(MOST_EXAMPLES + 1))


def test_a_network_may_have_so_many_parameters_and_no_more() -> None:
    # 497 inputs: 497 weights and a bias, and a weight and a bias of the last layer.
    largest = (MOST_PARAMETERS - 3, 1, 1)
    expect_small(largest, "it has room for", "2,1")
    with pytest.raises(BadInput) as error:
        expect_small((MOST_PARAMETERS - 2, 1, 1), "it has room for", "2,1", "--html a.html")
    assert str(error.value) == (
        "a network of sizes 498,1,1 has 501 parameters, and it has room for 500; use smaller "
        "layers, such as --sizes 2,1, or check all of it with gradcheck verify --sizes 498,1,1 "
        "--html a.html"
    )
