"""The option --arrays: names and shapes of arrays, such as ``x=4x5,w=5x3,b=3``."""

import re
from typing import Any

import click

from gradcheck.commands.options.param_type import ParamType

__all__ = ["arrays_option"]

ONE_ARRAY = re.compile(r"\s*([^\W\d]\w*)\s*=\s*(\d+(?:\s*x\s*\d+)*)\s*")
EXAMPLE = "x=4x5,w=5x3,b=3"


class ShapesType(ParamType[dict[str, tuple[int, ...]]]):
    """Names and shapes, such as ``x=4x5,w=5x3,b=3``."""

    name = "SHAPES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, tuple[int, ...]]:
        """Parse the names and shapes, or say which of them is wrong."""
        if isinstance(value, dict):
            return value
        if not str(value).strip():
            return {}
        found: dict[str, tuple[int, ...]] = {}
        for part in str(value).split(","):
            match = ONE_ARRAY.fullmatch(part)
            if match is None:
                self.fail(f"{part!r} is not a name and a shape; give them like {EXAMPLE}")
            shape = tuple(int(number) for number in match[2].split("x"))
            if 0 in shape:
                self.fail(f"{part!r} has no entries; give numbers of at least 1, like {EXAMPLE}")
            if match[1] in found:
                self.fail(f"{match[1]} is given twice; give each array once, like {EXAMPLE}")
            found[match[1]] = shape
        return found


arrays_option = click.option(
    "--arrays",
    "shapes",
    type=ShapesType(),
    default="",
    metavar="SHAPES",
    help=f"With --net: the shapes of the arrays that a function takes, such as {EXAMPLE}. Only for "
    "functions that gradcheck does not know by name.",
)
