"""One call of a student's forward function, by which it is compared with what its name says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nets.arrays import HostArray

__all__ = ["ForwardCall"]


@dataclass(frozen=True, eq=False)
class ForwardCall:
    """One call of a student's forward function.

    Attributes:
        name: of the function.
        stem: its name without ``forward``, such as ``affine_relu``.
        given: the arrays that it was called with, by the names of its arguments.
        settings: numbers, words and truth values among its arguments, entries of dicts and defaults
            included, by name.
        output: what it returned first.

    """

    name: str
    stem: str
    given: Mapping[str, HostArray] = field(repr=False)
    settings: Mapping[str, Any]
    output: HostArray = field(repr=False)
