"""Classes of activations whose second method is a derivative, and no backward pass.

``backward(x)`` of a class that keeps nothing may be the derivative at the input x, or at the output
if the class is written for that: ``return x * (1 - x)``. Nothing arrives from downstream then.
"""

import dis
import re
from collections.abc import Iterator
from dataclasses import replace

from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.student_code import required_arguments
from gradcheck.homework.understanding.at_the_output import open_at_the_input
from gradcheck.homework.understanding.layers.methods import LayerMethods

__all__ = ["derivatives_of", "open_for_the_input", "reading_of"]

# Names of a gradient that arrives from downstream.
ARRIVING = re.compile(
    r"(.*_)?(grads?|gradients?|deltas?|err(or)?s?|upstream|dout|chain)(_.*)?|d_?[a-z].*|d[A-Z].*|g"
)


def derivatives_of(kind: type, methods: LayerMethods) -> Iterator[LayerMethods]:
    """The same methods, read as a function and its derivative: at the input, then at the output.

    Args:
        kind: the class.
        methods: of the class; there are no others for a loss, and for a class that keeps what its
            forward pass was given.

    """
    argument = _argument(kind, methods.backward)
    if methods.is_loss or argument is None or _keeps_something(kind, methods.forward):
        return
    if not methods.is_derivative and not ARRIVING.fullmatch(argument):
        yield replace(methods, is_derivative=True)
    if methods.is_derivative or not ARRIVING.fullmatch(argument):
        yield replace(methods, is_derivative=True, is_of_output=True)


def open_for_the_input(kind: type, methods: LayerMethods) -> tuple[LeftOut, ...]:
    """What stays open of a derivative that is right at the output, if its argument is an input's.

    Args:
        kind: the class.
        methods: as they are read.

    """
    argument = _argument(kind, methods.backward)
    if argument is None or not methods.is_of_output:
        return ()
    if argument != _argument(kind, methods.forward):
        return ()
    return (open_at_the_input(f"{kind.__name__}.{methods.backward}", methods.forward, argument),)


def reading_of(kind: type, methods: LayerMethods) -> Finding:
    """A finding that says at what the derivative was taken.

    Args:
        kind: the class.
        methods: as they are read.

    """
    where = "output" if methods.is_of_output else "input"
    return guess(f"{kind.__name__}.{methods.backward} was taken for the derivative at the {where}.")


def _argument(kind: type, method: str) -> str | None:
    """The name of the only argument that a method needs; None if it needs several, or none."""
    names = [each for each in required_arguments(getattr(kind, method)) or [] if each != "self"]
    return names[0] if len(names) == 1 else None


def _keeps_something(kind: type, method: str) -> bool:
    """Whether a method stores an attribute, such as ``self.x = x``."""
    code = getattr(getattr(kind, method), "__code__", None)
    return code is None or any(each.opname == "STORE_ATTR" for each in dis.get_instructions(code))
