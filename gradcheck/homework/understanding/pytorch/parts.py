"""A ``torch.autograd.Function`` or a ``torch.nn.Module`` as a part.

Both end in outputs. The cost is the sum of all outputs, each with a random weight. PyTorch runs
the backward pass; where the student's code has a ``backward`` of its own, PyTorch calls it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError, Unread, required_arguments
from gradcheck.homework.understanding.constructor import (
    USUAL_LAYERS,
    USUAL_SIZES,
    construction_of,
)
from gradcheck.homework.understanding.members import all_arguments
from gradcheck.homework.understanding.pytorch.torch_code import numpy_of, tensor_of
from nets.arrays import HostArray

__all__ = ["function_part", "module_part"]

EXAMPLES = 4
# Shapes that are tried for an argument, by its name; several arguments in all combinations.
SHAPES: Mapping[str, tuple[tuple[int, ...], ...]] = {
    **dict.fromkeys(("w", "weight", "weights"), ((3, 5), (5, 3))),
    **dict.fromkeys(("b", "bias", "biases"), ((3,), (5,))),
    **dict.fromkeys(("gamma", "beta", "scale", "alpha", "a"), ((5,), (EXAMPLES, 5), (1,))),
}
OTHER_SHAPES = ((EXAMPLES, 5), (5,), (EXAMPLES, 3, 6, 6))
CONTEXT = ("ctx", "self", "context")


def function_part(kind: Any, name: str, asked: Asked, caller: Caller) -> Part:
    """A ``torch.autograd.Function``, applied to random inputs.

    Args:
        kind: the class.
        name: of it.
        asked: the shapes of its inputs, if they were given.
        caller: guards the calls.

    Raises:
        StudentError: it works with no inputs that are tried.

    """
    names = [each for each in all_arguments(kind.forward) if each not in CONTEXT]
    errors: list[StudentError] = []
    for shapes in _shapes_to_try(names, required_arguments(kind.forward), asked.shapes):
        drawn = [_random(shape, position) for position, shape in enumerate(shapes.values())]
        values = dict(zip(shapes, drawn, strict=True))
        whole = _TorchCode(lambda given: kind.apply(*given), name, caller, asked.seed)
        try:
            whole.cost_at(list(values.values()))
            whole.claims_at(list(values.values()))
        except StudentError as error:
            errors.append(error)
            continue
        text = ", ".join(f"{each}={'x'.join(map(str, shape))}" for each, shape in shapes.items())
        arrays = [NamedArray(each, value, is_input=True) for each, value in values.items()]
        found = () if asked.shapes else (guess(f"Its inputs are {text}; --arrays gives others."),)
        return whole.part(arrays, found)
    if asked.shapes:
        raise errors[0]
    raise Unread(
        f"{name} takes ({', '.join(names)}), and works with no shapes that were tried; give them, "
        f"such as --arrays {','.join(f'{each}=4x5' for each in names)}. The first try: "
        f"{errors[0].line}"
    )


def _shapes_to_try(
    names: Sequence[str],
    required: Sequence[str] | None,
    given: Mapping[str, tuple[int, ...]],
) -> Iterator[dict[str, tuple[int, ...]]]:
    """Shapes for all arguments, then for those alone that must be given."""
    if given:
        unknown = [each for each in given if each not in names]
        if unknown:
            raise Unread(f"There is no argument {', '.join(unknown)}; there are {', '.join(names)}")
        yield {each: given[each] for each in names if each in given}
        return
    needed = [each for each in names if required is None or each in required]
    for some in dict.fromkeys((tuple(names), tuple(needed))):
        for shapes in product(*(SHAPES.get(each, OTHER_SHAPES) for each in some)):
            yield dict(zip(some, shapes, strict=True))


def _random(shape: tuple[int, ...], position: int) -> HostArray:
    return np.random.default_rng([position, 6]).standard_normal(shape)


def module_part(built: Any, name: str, asked: Asked, caller: Caller) -> Part:
    """A ``torch.nn.Module``, its parameters and its input.

    Args:
        built: the class.
        name: of it.
        asked: sizes.
        caller: guards the calls.

    Raises:
        StudentError: it cannot be built or called.

    """
    import torch

    given = construction_of(built, name, asked.sizes)
    seed_generators(asked.seed)
    torch.manual_seed(asked.seed)
    with caller.calling(f"{name}({given.text})"):
        own = built(*given.arguments, **given.named).double()
        parameters = dict(own.named_parameters())
    sizes = given.sizes or asked.sizes or USUAL_SIZES[:USUAL_LAYERS]
    errors = []
    shapes: list[tuple[int, ...]] = [(EXAMPLES, sizes[0]), *OTHER_SHAPES]
    for shape in list(asked.shapes.values())[:1] or shapes:
        arrays = [
            NamedArray("x", _random(shape, 0), is_input=True),
            *(NamedArray(each, numpy_of(value)) for each, value in parameters.items()),
        ]
        whole = _TorchCode(_called_with(own, list(parameters)), name, caller, asked.seed)
        try:
            whole.cost_at([array.value for array in arrays])
        except StudentError as error:
            errors.append(error)
            continue
        return whole.part(arrays, ())
    raise errors[0]


def _called_with(own: Any, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """A function of an input and of parameters that calls a module with them."""
    from torch.func import functional_call

    def call(given: Sequence[Any]) -> Any:
        return functional_call(own, dict(zip(names, given[1:], strict=True)), (given[0],))

    return call


@dataclass(frozen=True)
class _TorchCode:
    """Outputs of some tensors, and the gradients that PyTorch finds."""

    call: Callable[[Sequence[Any]], Any]
    name: str
    caller: Caller
    seed: int

    def part(self, arrays: Sequence[NamedArray], findings: tuple[Finding, ...]) -> Part:
        return Part(
            name=self.name,
            arrays=tuple(arrays),
            cost=PartCost("the sum of the outputs, each with a random weight", self.cost_at),
            claims_at=self.claims_at,
            backward="backward",
            findings=findings,
        )

    def cost_at(self, values: Values) -> Any:
        """The cost at these values."""
        import torch

        with torch.no_grad():
            return float(self._cost([tensor_of(value) for value in values]))

    def claims_at(self, values: Values) -> list[NamedGradients]:
        """The gradients of all tensors."""
        tensors = [tensor_of(value, wants_gradient=True) for value in values]
        cost = self._cost(tensors)
        with self.caller.calling(f"backward of {self.name}"):
            cost.backward()
        arrays = [
            np.zeros(value.shape) if tensor.grad is None else numpy_of(tensor.grad)
            for tensor, value in zip(tensors, values, strict=True)
        ]
        return [NamedGradients("the grad of each tensor", False, arrays)]

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
