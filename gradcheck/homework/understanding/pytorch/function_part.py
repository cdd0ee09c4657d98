"""A ``torch.autograd.Function`` as a part: its inputs, and the gradients of its own backward."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import NamedArray, Part
from gradcheck.homework.finding import guess
from gradcheck.homework.student_code import Caller, StudentError, Unread, required_arguments
from gradcheck.homework.understanding.members import all_arguments
from gradcheck.homework.understanding.pytorch.torch_outputs import (
    EXAMPLES,
    OTHER_SHAPES,
    TorchOutputs,
    random_array,
)
from gradcheck.show.numbers import typed_shape

__all__ = ["function_part"]

# Shapes that are tried for an argument, by its name; several arguments in all combinations.
SHAPES: Mapping[str, tuple[tuple[int, ...], ...]] = {
    **dict.fromkeys(("w", "weight", "weights"), ((3, 5), (5, 3))),
    **dict.fromkeys(("b", "bias", "biases"), ((3,), (5,))),
    **dict.fromkeys(("gamma", "beta", "scale", "alpha", "a"), ((5,), (EXAMPLES, 5), (1,))),
}
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
    partly: list[Part] = []
    for shapes in _shapes_to_try(names, required_arguments(kind.forward), asked.shapes):
        drawn = [random_array(shape, position) for position, shape in enumerate(shapes.values())]
        values = dict(zip(shapes, drawn, strict=True))
        whole = TorchOutputs(lambda given: kind.apply(*given), name, caller, asked.seed)
        text = ", ".join(f"{each}={typed_shape(shape)}" for each, shape in shapes.items())
        arrays = [NamedArray(each, value, is_input=True) for each, value in values.items()]
        found = () if asked.shapes else (guess(f"Its inputs are {text}; --arrays gives others."),)
        try:
            whole.cost_at(list(values.values()))
            whole.claims_at(list(values.values()))
        except StudentError as error:
            errors.append(error)
            if asked.each_array and not partly:
                with suppress(StudentError):
                    partly.append(whole.each_array(arrays).part(arrays, found))
            continue
        return whole.part(arrays, found)
    if partly:
        return partly[0]
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
