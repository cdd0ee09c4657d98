"""The parameters of a network on a tape engine, as arrays: read, replaced, and their gradients."""

import copy
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.contract import Values
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place
from nets.arrays import HostArray

__all__ = ["Group", "TapeParameters", "in_groups"]

# The part of a path such as layers[0].neurons[2].w[1] that names a group of single numbers.
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
        """Put numbers, in the shapes of the groups, into the nodes, and reset their gradients."""
        engine = self.engine
        for group, value, at_first in zip(self.groups, values, self._at_first, strict=True):
            each_value = [value] if engine.holds_arrays else value
            for node, one, grad in zip(group.nodes, each_value, at_first, strict=True):
                setattr(node, engine.data, np.array(one) if engine.holds_arrays else one.item())
                if callable(grad) and not engine.is_node(grad):
                    node.zero_grad()
                else:
                    setattr(node, engine.grad, copy.copy(grad))

    def gradients(self, unusable: Collection[str] = ()) -> list[HostArray]:
        """The gradients that the nodes hold, one array for each group.

        Args:
            unusable: the names of groups whose gradients have other shapes, and may have them.

        Raises:
            UnusableGradient: another one has another shape than its parameter.

        """
        return [
            in_its_place(group.shape) if group.name in unusable else self._gradient_of(group)
            for group in self.groups
        ]

    def wrong_shapes(self) -> dict[str, str]:
        """A line on each gradient that has another shape than its parameter, by its name."""
        wrong = {}
        for group in self.groups:
            try:
                self._gradient_of(group)
            except UnusableGradient as error:
                wrong[group.name] = error.line
        return wrong

    def _gradient_of(self, group: Group) -> HostArray:
        each = [self.engine.gradient(node) for node in group.nodes]
        if not self.engine.holds_arrays:
            return np.array(each).reshape(group.shape)
        if each[0].shape not in (group.shape, ()):
            raise UnusableGradient(
                f"The gradient of {group.name} has shape {each[0].shape}; it should be "
                f"{group.shape}"
            )
        return np.array(np.broadcast_to(each[0], group.shape))
