"""click's base class for types of options, with the type of their values in brackets.

click has the brackets since version 8.4; Python in a browser brings an older one.
"""

from typing import TYPE_CHECKING, Any

import click

__all__ = ["ParamType"]

if TYPE_CHECKING:
    from click import ParamType
else:

    class ParamType(click.ParamType):
        """The same in every version of click."""

        def __class_getitem__(cls, values: Any) -> "type[ParamType]":
            """The class itself: the type of the values is for those who read the code."""
            return cls
