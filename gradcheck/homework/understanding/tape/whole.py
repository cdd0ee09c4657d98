"""A network on a tape engine as a part: its parameters, its cost, what ``backward`` gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import guess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.cost import TapeCost
from gradcheck.homework.understanding.tape.parameters import TapeParameters
from gradcheck.homework.unusable_gradient import unusable

__all__ = ["TapeWhole"]


@dataclass(frozen=True)
class TapeWhole:
    """A network that was understood.

    Attributes:
        name: of it.
        parameters: of it.
        cost: of it.
        unusable: a line on each gradient that has another shape than its parameter, by its name.

    """

    name: str
    parameters: TapeParameters
    cost: TapeCost
    unusable: Mapping[str, str] = field(default_factory=dict)

    def part(self) -> Part:
        """The network as a part."""
        return Part(
            name=self.name,
            arrays=tuple(
                NamedArray(group.name, value)
                for group, value in zip(
                    self.parameters.groups, self.parameters.values(), strict=True
                )
            ),
            cost=PartCost(self.cost.name, self.cost_at),
            claims_at=self.claims_at,
            backward=self.parameters.engine.backward_name,
            current=self.parameters.values,
            batch_size=self.cost.batch_size,
            findings=(
                guess(f"The cost is {self.cost.text}."),
                *unusable(list(self.unusable.values())),
            ),
        )

    def cost_at(self, values: Values) -> Any:
        """The cost at these values of the parameters, in their shapes."""
        return np.sum(self.parameters.engine.value(self._node(values)))

    def claims_at(self, values: Values) -> list[NamedGradients]:
        """The gradients, in the parameters' shapes, that they hold after ``backward``."""
        engine = self.parameters.engine
        node = self._node(values)
        with engine.caller.calling(f"{engine.backward_name} of {self.cost.name}"):
            engine.run_backward(node)
        found = self.parameters.gradients(self.unusable)
        return [NamedGradients("the grad of each", False, found)]

    def _node(self, values: Values) -> Any:
        engine = self.parameters.engine
        with engine.caller.calling(self.cost.name, quietly=True):
            self.parameters.place(values)
            node = self.cost.node()
        if not engine.is_node(node):
            raise StudentError(
                f"{self.cost.name} returned an object of type {type(node).__name__}; it should "
                f"return a {engine.kind.__name__}"
            )
        return node
