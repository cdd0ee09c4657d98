"""The forms in which a student's function may take the targets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from nets.arrays import HostArray

__all__ = ["TargetForm", "target_forms"]


@dataclass(frozen=True)
class TargetForm:
    """A form of the targets.

    Attributes:
        name: in words.
        of: from one-hot targets (n_output, batch) to what the function takes.

    """

    name: str
    of: Callable[[HostArray], Any]


def _numbers(targets: HostArray, first: int, shape: tuple[int, ...]) -> HostArray:
    """The classes of the examples, counted from ``first``; the targets of a single output."""
    if len(targets) == 1:
        return np.array(targets[0]).reshape(shape)
    return np.asarray(np.argmax(targets, axis=0) + first).reshape(shape)


def target_forms() -> Sequence[TargetForm]:
    """The forms in which targets are tried, in this order."""
    found = [
        TargetForm(
            f"class numbers from {first}, {name}", partial(_numbers, first=first, shape=shape)
        )
        for first in (1, 0)
        for name, shape in (("in a column", (-1, 1)), ("in a flat array", (-1,)))
    ]
    return [
        *found[:2],
        TargetForm("one-hot targets in rows", lambda y: y.T.copy()),
        *found[2:],
    ]
