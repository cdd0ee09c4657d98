"""Options handed over as one record."""

from dataclasses import dataclass
from typing import Any

import click

from gradcheck.commands.options.gather import is_typed, options_as


@dataclass(frozen=True)
class Box:
    """A record with a field for each option, and one without."""

    width: int
    height: int
    label: str = "none"


received: list[Any] = []


@click.command()
@options_as(
    "box",
    Box,
    click.option("--width", type=int, default=1, help="First."),
    click.option("--height", type=int, default=2, help="Second."),
)
@click.option("--colour", default="red")
def paint(box: Box, colour: str) -> None:
    """Receive a record and an option of its own."""
    received.append((box, colour, is_typed("width"), is_typed("height")))


def painted(*arguments: str) -> Any:
    paint.main(list(arguments), standalone_mode=False)
    return received.pop()


def test_the_record_holds_the_options_and_the_others_stay() -> None:
    box, colour, *_ = painted("--height", "5", "--colour", "blue")
    assert box == Box(width=1, height=5)
    assert colour == "blue"


def test_a_field_without_an_option_keeps_its_default() -> None:
    assert painted()[0].label == "none"


def test_what_was_typed_is_told_from_what_is_a_default() -> None:
    assert painted("--width", "1")[2:] == (True, False)


def test_help_lists_the_options_in_their_order() -> None:
    text = paint.get_help(click.Context(paint))
    assert text.index("--width") < text.index("--height") < text.index("--colour")
