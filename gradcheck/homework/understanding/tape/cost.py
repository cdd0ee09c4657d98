"""A cost as a node of a student's tape engine."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["TapeCost", "is_loss"]

LOSS_FUNCTION = re.compile(
    r".*(loss|cost|cross_?entropy|mse|nll|criterion|error|objective).*", re.IGNORECASE
)


@dataclass(frozen=True)
class TapeCost:
    """A cost as a node of a student's engine.

    Attributes:
        text: what it is, in words.
        name: of it, short.
        node: computes it. Its entries are added up, as ``backward`` without arguments does.
        batch_size: examples in it.

    """

    text: str
    name: str
    node: Callable[[], Any] = field(repr=False)
    batch_size: int


def is_loss(name: str) -> bool:
    """Whether a function's name says that it is a loss.

    >>> is_loss("mse_loss"), is_loss("relu")
    (True, False)
    """
    return LOSS_FUNCTION.fullmatch(name) is not None
