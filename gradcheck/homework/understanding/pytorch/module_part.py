"""A ``torch.nn.Module`` as a part: its parameters and its input."""

from collections.abc import Callable, Sequence
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import NamedArray, Part
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.constructor import (
    USUAL_NETWORK,
    construction_of,
)
from gradcheck.homework.understanding.pytorch.torch_code import numpy_of
from gradcheck.homework.understanding.pytorch.torch_outputs import (
    EXAMPLES,
    OTHER_SHAPES,
    TorchOutputs,
    random_array,
)

__all__ = ["module_part"]


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
    sizes = given.sizes or asked.sizes or USUAL_NETWORK
    errors = []
    shapes: list[tuple[int, ...]] = [(EXAMPLES, sizes[0]), *OTHER_SHAPES]
    for shape in list(asked.shapes.values())[:1] or shapes:
        arrays = [
            NamedArray("x", random_array(shape, 0), is_input=True),
            *(NamedArray(each, numpy_of(value)) for each, value in parameters.items()),
        ]
        whole = TorchOutputs(_called_with(own, list(parameters)), name, caller, asked.seed)
        try:
            whole.cost_at([array.value for array in arrays])
        except StudentError as error:
            errors.append(error)
            continue
        if asked.each_array:
            whole = whole.as_far_as_usable(arrays)
        return whole.part(arrays, ())
    raise errors[0]


def _called_with(own: Any, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """A function of an input and of parameters that calls a module with them."""
    from torch.func import functional_call

    def call(given: Sequence[Any]) -> Any:
        return functional_call(own, dict(zip(names, given[1:], strict=True)), (given[0],))

    return call
