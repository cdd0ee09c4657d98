"""Networks of images: how a class is built whose inputs have channels, height and width."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.understanding.constructor import Construction, construction_of
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS, ExampleForm
from nets.arrays import HostArray

__all__ = ["image_constructions", "image_forms"]

# An argument with this name and with three numbers as its default is the shape of an image.
SHAPE = re.compile(
    r"(input|in|image|img|x|data)_?(dims?|shape|size)?|dims?|shape|input_?image", re.IGNORECASE
)
FILTERS = re.compile(r"(n|num|number)_?(of_?)?filters?|filter_?(num|count)", re.IGNORECASE)
SOME_FILTERS = 3  # where the class does not say how many: few, and more than one
# Heights and widths that are tried before those of the class: with small images a check takes
# seconds. Two poolings of 2 x 2 halve 8 and 12 twice.
SMALL = (8, 12, 16)


def image_constructions(
    built: Callable[..., Any], name: str
) -> Iterator[tuple[Construction, tuple[int, int, int]]]:
    """The arguments for small images first, and the shape (channels, height, width) of these.

    Args:
        built: the class.
        name: of it.

    Raises:
        StudentError: some other argument has no known meaning.

    """
    parameters = _parameters(built)
    argument = next((key for key, value in parameters.items() if _is_shape(key, value)), None)
    if argument is None:
        return
    channels, height, width = parameters[argument]
    plain = construction_of(built, name, None)
    filters = {key: SOME_FILTERS for key in parameters if FILTERS.fullmatch(key)}
    shapes = [(channels, side, side) for side in SMALL if side < min(height, width)]
    for shape in (*shapes, (channels, height, width)):
        sizes = (int(np.prod(shape)), *(plain.sizes or (0,))[1:])
        yield replace(plain, named={**plain.named, **filters, argument: shape}, sizes=sizes), shape


def image_forms(shape: tuple[int, int, int]) -> list[ExampleForm]:
    """The forms in which such a class takes examples: (batch, channels, height, width)."""

    def images(inputs: HostArray) -> HostArray:
        return np.ascontiguousarray(inputs.T).reshape(-1, *shape)

    return [
        ExampleForm(each.name.replace("an example in each row", "images"), images, each.targets)
        for each in EXAMPLE_FORMS
        if not each.in_columns
    ]


def _parameters(built: Callable[..., Any]) -> dict[str, Any]:
    """The arguments that have a default, with it."""
    try:
        parameters = inspect.signature(built).parameters.values()
    except (TypeError, ValueError):
        return {}
    return {each.name: each.default for each in parameters if each.default is not each.empty}


def _is_shape(name: str, default: Any) -> bool:
    return (
        SHAPE.fullmatch(name) is not None
        and isinstance(default, tuple | list)
        and len(default) == 3
        and all(isinstance(each, int) for each in default)
    )
