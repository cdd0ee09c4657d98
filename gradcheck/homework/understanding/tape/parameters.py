"""The parameters of a network on a tape engine, as arrays: read, replaced, and their gradients."""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.contract import Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import TapeEngine
from nets.arrays import HostArray

__all__ = ["Group", "TapeParameters", "in_groups"]

# Of a path such as layers[0].neurons[2].w[1], what a group of single numbers is named by.
FIRST_PART = re.compile(r"\w+(\[[^\]]*\])?")


@dataclass(frozen=True)
class Group:
    """Nodes that make up one array: a single node, or the numbers of one layer.

    Attributes:
        name: of the array.
        nodes: its nodes.
        shape: of the array.

    """

    name: str
    nodes: tuple[Any, ...]
    shape: tuple[int, ...]


def in_groups(engine: TapeEngine, nodes: Sequence[tuple[str, Any]]) -> list[Group]:
    """One array for each node; of an engine of single numbers, one for each layer.

    Args:
        engine: whose nodes they are.
        nodes: with their paths.

    """
    if engine.holds_arrays:
        return [Group(path, (node,), engine.value(node).shape) for path, node in nodes]
    layers: dict[str, list[Any]] = {}
    for path, node in nodes:
        match = FIRST_PART.match(path)
        layers.setdefault(path if match is None else match[0], []).append(node)
    return [Group(name, tuple(group), (len(group),)) for name, group in layers.items()]


class TapeParameters:
    """The parameters of one network."""

    def __init__(self, engine: TapeEngine, groups: Sequence[Group]) -> None:
        """Remember what the nodes hold at first, their gradients too.

        Args:
            engine: whose nodes they are.
            groups: of nodes, an array each.

        """
        self.engine = engine
        self.groups = groups
        self._at_first = [
            [copy.copy(getattr(node, engine.grad)) for node in group.nodes] for group in groups
        ]

    def values(self) -> list[HostArray]:
        """Copies of what the nodes hold, one array in the shape of each group, float64."""
        return [
            np.array([self.engine.value(node) for node in group.nodes], dtype=float).reshape(
                group.shape
            )
            for group in self.groups
        ]

    def place(self, values: Values) -> None:
        """Put these numbers into the nodes, and their gradients back to what they were at first."""
        engine = self.engine
        for group, value, at_first in zip(self.groups, values, self._at_first, strict=True):
            each_value = [value] if engine.holds_arrays else value
            for node, one, grad in zip(group.nodes, each_value, at_first, strict=True):
                setattr(node, engine.data, np.array(one) if engine.holds_arrays else one.item())
                if callable(grad) and not engine.is_node(grad):
                    node.zero_grad()
                else:
                    setattr(node, engine.grad, copy.copy(grad))

    def gradients(self) -> list[HostArray]:
        """The gradients that the nodes hold, one array for each group.

        Raises:
            StudentError: one has another shape than its parameter.

        """
        found = []
        for group in self.groups:
            each = [self.engine.gradient(node) for node in group.nodes]
            if not self.engine.holds_arrays:
                found.append(np.array(each).reshape(group.shape))
                continue
            if each[0].shape not in (group.shape, ()):
                raise StudentError(
                    f"The gradient of {group.name} has shape {each[0].shape}; it should be "
                    f"{group.shape}"
                )
            found.append(np.array(np.broadcast_to(each[0], group.shape)))
        return found
