"""One operator of a tape engine: random inputs, an output, gradients by ``backward``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.operators import Operator
from gradcheck.homework.understanding.tape.weights import Weigh
from nets.arrays import HostArray

__all__ = ["NotForward", "OperatorOnTrial"]

# The number of times that an operator of single numbers is applied, each time to other numbers.
SEPARATE_NUMBERS = 4
# Inputs lie this far from 0, where |x|, relu and 1 / x have kinks and poles, and reach up to 1.5.
LEAST_INPUT, LARGEST_INPUT = 0.3, 1.5


class NotForward(StudentError):
    """An operator cannot be applied to the inputs that it is tried with."""


@dataclass(frozen=True)
class OperatorOnTrial:
    """An operator in one form, applied to inputs.

    An engine of single numbers applies it several times, each time in a graph of its own.

    Attributes:
        engine: the student's.
        operator: with the shapes of its inputs.
        apply: the form.
        seed: of the inputs.
        weigh: multiplies outputs with random weights; None if no operator of the engine can.

    """

    engine: TapeEngine
    operator: Operator
    apply: Callable[..., Any]
    seed: int
    weigh: Weigh | None

    def part(self) -> Part | None:
        """The operator as a part; None if its output has no gradient and need not have one.

        Raises:
            NotForward: it cannot be applied to these inputs.
            StudentError: ``backward`` does not work for it.

        """
        values = self.inputs()
        try:
            self._cost_at(values)
        except StudentError as error:
            raise NotForward(error.line, error.traceback) from error
        gradients = self.gradients(values)
        if self.operator.may_be_detached and not any(map(np.any, gradients)):
            return None
        for name, value, gradient in zip("ab", values, gradients, strict=False):
            if gradient.shape != value.shape:
                raise StudentError(
                    f"For {self.operator.name} the gradient of {name} has shape {gradient.shape}; "
                    f"it should be {value.shape}"
                )
        return Part(
            name=f"{self.engine.kind.__name__}: {self.operator.name}",
            arrays=tuple(
                NamedArray(name, value, is_input=True)
                for name, value in zip("ab", values, strict=False)
            ),
            cost=PartCost("the sum of the outputs, each with a random weight", self._cost_at),
            claims_at=self._claims_at,
            backward=self.engine.backward_name,
        )

    def inputs(self) -> list[HostArray]:
        """Random values for the nodes, in their shapes."""
        generator = np.random.default_rng([self.seed, 4])
        shapes: Sequence[tuple[int, ...]] = self.operator.shapes
        if not self.engine.holds_arrays:
            shapes = [(SEPARATE_NUMBERS,)] * len(shapes)
        found = [generator.uniform(LEAST_INPUT, LARGEST_INPUT, shape) for shape in shapes]
        if self.operator.positive:
            return found
        # Every second number is negative, so that both sides of a kink are there.
        return [value * (-1.0) ** np.arange(value.size).reshape(value.shape) for value in found]

    def _graphs(self, values: Values) -> list[list[Any]]:
        """The values to apply the operator to: of each graph, those of its nodes."""
        if self.engine.holds_arrays:
            return [list(values)]
        return [list(each) for each in zip(*values, strict=True)]

    def _applied(self, given: Sequence[Any], which: int) -> tuple[list[Any], Any]:
        """The nodes, and the output of the operator, weighed if that is possible."""
        nodes = [self.engine.node(value) for value in given]
        return nodes, self.output_of(nodes, which)

    def output_of(self, nodes: Sequence[Any], which: int) -> Any:
        """The output of the operator for nodes, weighed if that is possible.

        Raises:
            StudentError: the operator returned no node.

        """
        output = self.apply(*nodes)
        if not self.engine.is_node(output):
            raise StudentError(f"it returned an object of type {type(output).__name__}")
        return output if self.weigh is None else self._weighed(self.weigh, output, which)

    def _weighed(self, weigh: Weigh, output: Any, which: int) -> Any:
        """The output with random weights; the output itself, if its shape allows none."""
        try:
            return weigh(output, self.seed + which)
        except Exception:  # a matrix product of something that is no matrix
            return output

    def _arriving(self, output: Any, which: int) -> HostArray | None:
        """The gradient that ``backward`` receives; None for its own, which is 1 everywhere."""
        if self.weigh is not None or not self.engine.takes_gradient:
            return None
        return arriving_gradient(self.engine.value(output).shape, self.seed + which)

    def _cost_at(self, values: Values) -> Any:
        total: Any = 0.0
        with self.engine.caller.calling(self.operator.name, quietly=True):
            for which, given in enumerate(self._graphs(values)):
                _, output = self._applied(given, which)
                arriving, value = self._arriving(output, which), self.engine.value(output)
                total = total + np.sum(value if arriving is None else value * arriving)
        return total

    def _claims_at(self, values: Values) -> list[NamedGradients]:
        return [NamedGradients("the gradient of each input", False, self.gradients(values))]

    def gradients(self, values: Values) -> list[HostArray]:
        """The gradients of the inputs, in the shapes that the engine gives them."""
        found: list[list[HostArray]] = []
        with self.engine.caller.calling(f"{self.engine.backward_name} of {self.operator.name}"):
            for which, given in enumerate(self._graphs(values)):
                nodes, output = self._applied(given, which)
                self.engine.run_backward(output, self._arriving(output, which))
                found.append([self._gradient(node) for node in nodes])
        if self.engine.holds_arrays:
            return found[0]
        return [np.array(each).reshape(-1) for each in zip(*found, strict=True)]

    def _gradient(self, node: Any) -> HostArray:
        """The gradient of a node; a single number counts for each of its entries."""
        gradient = self.engine.gradient(node)
        shape = self.engine.value(node).shape
        return np.broadcast_to(gradient.reshape(()), shape) if gradient.size == 1 else gradient
