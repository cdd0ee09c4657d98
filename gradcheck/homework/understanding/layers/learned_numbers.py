"""What a layer learns although it is no array of float numbers that the layer holds.

The scale of a layer may be a plain number, its weights may be whole numbers, or they may be
variables of the module. A check of the arrays alone would pass such a layer without a look at them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.chain_members import layers_in
from gradcheck.homework.understanding.layers.where_gradients_are import (
    gradients_named,
    usual_gradients,
)
from gradcheck.homework.understanding.members import attributes_stored, functions_of

__all__ = ["expect_all_found", "make_float_arrays"]


def make_float_arrays(own: Any) -> None:
    """Let an object hold what it learns as arrays of float numbers, also in the layers inside.

    A number with a point, or an array of whole numbers, is learned if some method of the class
    stores its gradient, by its name.

    Args:
        own: a student's layer; its attributes are changed.

    """
    for layer in (own, *layers_in(own)):
        stored = attributes_stored(type(layer))
        for name, value in attributes_of(layer).items():
            if _is_no_float_array(value) and gradients_named(name, stored):
                setattr(layer, name, np.array(value, dtype=np.float64))


def _is_no_float_array(value: Any) -> bool:
    is_whole = isinstance(value, np.ndarray) and value.dtype.kind in "iu"
    return isinstance(value, float | np.floating) or is_whole


def expect_all_found(own: Any, backward: str, *, has_parameters: bool) -> None:
    """Check that a layer learns nothing that it does not hold.

    It does if it leaves a gradient such as dW, and has no parameters. It also does if its methods
    use an array of the module, and the module has a variable for its gradient too.

    Args:
        own: the layer, after a backward pass.
        backward: the name of that pass.
        has_parameters: whether arrays were found that the output depends on.

    Raises:
        StudentError: it does.

    """
    for name in () if has_parameters else usual_gradients(own):
        raise StudentError(
            f"{backward} leaves {name}, and the layer holds no array that it could be the gradient "
            "of. Keep what is learned in an attribute"
        )
    for layer in (own, *layers_in(own)):
        for used, names in _variables_used(type(layer)):
            for name in used:
                for gradient in gradients_named(name, used):
                    if np.shape(names[gradient]) == np.shape(names[name]):
                        raise StudentError(
                            f"{backward} leaves the gradient {gradient}, but {name} is a variable "
                            f"of the module. Let the layer hold both, as self.{name} and "
                            f"self.{gradient}"
                        )


def _variables_used(kind: type) -> Iterator[tuple[list[str], Mapping[str, Any]]]:
    """The arrays of the module that the methods of a class use, and the module's variables."""
    functions = list(functions_of(kind))
    if functions:
        names = functions[0].__globals__
        used = {name for each in functions for name in each.__code__.co_names}
        yield sorted(name for name in used if isinstance(names.get(name), np.ndarray)), names
