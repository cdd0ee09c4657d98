"""Outputs of PyTorch code, their cost, and the gradients that PyTorch finds.

The cost is the sum of all outputs, each with a random weight. PyTorch runs the backward pass; where
the student's code has a ``backward`` of its own, PyTorch calls it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.pytorch.torch_code import numpy_of, tensor_of
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place, unusable
from nets.arrays import HostArray

__all__ = ["EXAMPLES", "OTHER_SHAPES", "TorchOutputs", "random_array"]

# In a mini-batch: few, since every entry of the inputs may be checked.
EXAMPLES = 4
# Shapes that are tried where no name says which would suit: rows, one row, images.
OTHER_SHAPES = ((EXAMPLES, 5), (5,), (EXAMPLES, 3, 6, 6))


def random_array(shape: tuple[int, ...], position: int) -> HostArray:
    """Random numbers of a shape, others for each position of an argument."""
    return np.random.default_rng([position, 6]).standard_normal(shape)


@dataclass(frozen=True)
class TorchOutputs:
    """Outputs of some tensors, and the gradients that PyTorch finds.

    Attributes:
        call: computes the outputs, one tensor or several.
        name: of the student's class.
        caller: guards the calls.
        seed: of the generators, set before each call.
        unusable: a line on each gradient that PyTorch refuses, by the position of its tensor.

    """

    call: Callable[[Sequence[Any]], Any]
    name: str
    caller: Caller
    seed: int
    unusable: Mapping[int, str] = field(default_factory=dict)

    def each_array(self, arrays: Sequence[NamedArray]) -> "TorchOutputs":
        """The same, where a gradient that PyTorch refuses is wrong by itself.

        PyTorch ends the whole backward pass if a gradient has another shape than its tensor, but
        only if it was asked for the gradient of that tensor. So each is asked for alone.

        Args:
            arrays: the tensors.

        Raises:
            UnusableGradient: no gradient can be used.

        """
        values = [array.value for array in arrays]
        wrong = {}
        for position, array in enumerate(arrays):
            try:
                self._gradients(values, [position])
            except StudentError as error:
                wrong[position] = f"There is no gradient of {array.name}: {error.line}"
        if len(wrong) == len(arrays):
            raise UnusableGradient(wrong[0])
        return replace(self, unusable=wrong)

    def as_far_as_usable(self, arrays: Sequence[NamedArray]) -> "TorchOutputs":
        """The same if all gradients can be used; else see ``each_array``."""
        try:
            self.claims_at([array.value for array in arrays])
        except StudentError:
            return self.each_array(arrays)
        return self

    def part(self, arrays: Sequence[NamedArray], findings: tuple[Finding, ...]) -> Part:
        """A part of a contract, for these values of the tensors."""
        return Part(
            name=self.name,
            arrays=tuple(arrays),
            cost=PartCost("the sum of the outputs, each with a random weight", self.cost_at),
            claims_at=self.claims_at,
            backward="backward",
            findings=(*findings, *unusable(list(self.unusable.values()))),
        )

    def cost_at(self, values: Values) -> Any:
        """The cost at these values, each in the shape of its tensor.

        Raises:
            StudentError: the code raised something, or returned no tensors.

        """
        import torch

        with torch.no_grad():
            return float(self._cost([tensor_of(value) for value in values]))

    def claims_at(self, values: Values) -> list[NamedGradients]:
        """The gradients of all tensors, each in its shape.

        Raises:
            StudentError: the code raised something, or returned no tensors.

        """
        usable = [each for each in range(len(values)) if each not in self.unusable]
        arrays = self._gradients(values, usable)
        return [NamedGradients("the grad of each tensor", False, arrays)]

    def _gradients(self, values: Values, wanted: Sequence[int]) -> list[HostArray]:
        """The gradients of the tensors at these positions; of the others NaN."""
        tensors = [
            tensor_of(value, wants_gradient=position in wanted)
            for position, value in enumerate(values)
        ]
        cost = self._cost(tensors)
        with self.caller.calling(f"backward of {self.name}"):
            cost.backward()
        return [
            in_its_place(value.shape)
            if position not in wanted
            else np.zeros(value.shape)
            if tensor.grad is None
            else numpy_of(tensor.grad)
            for position, (tensor, value) in enumerate(zip(tensors, values, strict=True))
        ]

    def _cost(self, tensors: Sequence[Any]) -> Any:
        import torch

        seed_generators(self.seed)
        torch.manual_seed(self.seed)
        with self.caller.calling(f"forward of {self.name}", quietly=True):
            returned = self.call(tensors)
        outputs = returned if isinstance(returned, tuple | list) else (returned,)
        total: Any = 0.0
        for position, output in enumerate(outputs):
            if not isinstance(output, torch.Tensor):
                raise StudentError(
                    f"forward of {self.name} returned an object of type {type(output).__name__}; "
                    "it should return a tensor"
                )
            if output.is_floating_point():
                weights = arriving_gradient(tuple(output.shape), self.seed + position)
                total = total + (output * tensor_of(weights)).sum()
        return total
