"""A student's tape engine: a class whose objects hold a number or an array, and its gradient.

Such a class has ``data``, ``grad`` and ``backward()``, and its operators remember how each object
was made. It is called Value, Scalar, Tensor or Var.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.members import all_arguments, attributes_used
from nets.arrays import HostArray

__all__ = ["ENDS", "TapeEngine", "engine_of", "is_engine"]

DATA_NAMES = ("data", "value", "val", "_data", "array", "v")
GRAD_NAMES = ("grad", "gradient", "_grad", "grads", "derivative", "adjoint")
BACKWARD_NAMES = ("backward", "backprop", "backward_pass", "backpropagate")
# Arguments of the constructor that say whether a gradient is computed.
WANTS_GRADIENT = ("requires_grad", "require_grad", "require_gradient", "requires_gradient")
# The argument of backward that is the gradient that arrives.
ARRIVING = re.compile(r"(.*_)?(grad|gradient|g|dout|upstream|grads|dy|dz)(_.*)?", re.IGNORECASE)
# Names in the code of a class whose objects hold arrays; others hold one number each.
OF_ARRAYS = frozenset(
    {"zeros_like", "ones_like", "ndarray", "shape", "ndim", "asarray", "zeros", "ones", "matmul"}
)
# Modules of classes that no student wrote.
LIBRARIES = ("torch", "jax", "tensorflow", "numpy", "tinygrad", "mxnet", "builtins", "typing")
# Calls that make one number of several entries: some engines can only go back from one number.
ENDS: tuple[Callable[[Any], Any], ...] = (
    lambda node: node,
    lambda node: node.sum(),
    lambda node: node.mean(),
)
TRIED = 1.5  # an object is made of this number, to find out where it keeps it


def is_engine(kind: Any) -> bool:
    """Whether a class looks like a tape engine."""
    if not inspect.isclass(kind) or kind.__module__.partition(".")[0] in LIBRARIES:
        return False
    if not any(callable(getattr(kind, name, None)) for name in BACKWARD_NAMES):
        return False
    used = attributes_used(kind)
    arithmetic = any(callable(getattr(kind, f"__{each}__", None)) for each in ("add", "mul"))
    has_grad = bool(used & set(GRAD_NAMES)) or callable(getattr(kind, "grad", None))
    has_data = bool(used & set(DATA_NAMES))
    # A layer uses data and grad of its parameters.
    is_called = any("__call__" in vars(each) for each in kind.__mro__)
    is_layer = hasattr(kind, "forward") or is_called
    return has_grad and has_data and (arithmetic or not is_layer)


@dataclass(frozen=True)
class TapeEngine:
    """A tape engine that was understood.

    Attributes:
        kind: the class.
        data: the attribute with the number or the array.
        grad: the attribute, or the method, with the gradient.
        backward_name: the method that computes gradients.
        named: further arguments of the constructor.
        holds_arrays: whether an object holds an array, and not one number.
        caller: guards the calls.

    """

    kind: type
    data: str
    grad: str
    backward_name: str
    named: dict[str, Any]
    holds_arrays: bool
    caller: Caller

    def node(self, value: Any) -> Any:
        """A new object that holds a number, or a copy of an array."""
        held = np.array(value) if self.holds_arrays else _number(value)
        return self.kind(held, **self.named)

    def is_node(self, found: Any) -> bool:
        """Whether something is an object of the engine."""
        return isinstance(found, self.kind)

    def value(self, node: Any) -> Any:
        """The number or the array that an object holds, as an array."""
        held = getattr(node, self.data)
        return np.asarray(getattr(held, self.data) if self.is_node(held) else held)

    def gradient(self, node: Any) -> HostArray:
        """The gradient of an object in its shape, after ``backward``; 0 where none has arrived.

        Raises:
            StudentError: it is no number and no array.

        """
        found = getattr(node, self.grad)
        if callable(found) and not self.is_node(found):
            found = found()
        if self.is_node(found):
            found = getattr(found, self.data)
        if found is None:
            return np.zeros(self.value(node).shape)
        return np.array(real_numbers(found, f"{self.grad} of a {self.kind.__name__}"), dtype=float)

    @property
    def takes_gradient(self) -> bool:
        """Whether ``backward`` takes the gradient that arrives."""
        names = all_arguments(getattr(self.kind, self.backward_name))[1:]
        return bool(names) and ARRIVING.fullmatch(names[0]) is not None

    def run_backward(self, node: Any, arriving: HostArray | None = None) -> None:
        """Compute the gradients of everything that a node was made of.

        Args:
            node: the last one.
            arriving: the gradient that arrives at it, in its shape, if ``takes_gradient``; None for
                the engine's own, which is 1 everywhere.

        """
        backward = getattr(node, self.backward_name)
        if arriving is None:
            backward()
            return
        backward(np.array(arriving) if self.holds_arrays else float(arriving))


def engine_of(kind: type, caller: Caller) -> TapeEngine:
    """Find out how a tape engine keeps its numbers.

    Raises:
        StudentError: its objects cannot be made of one number or array.

    """
    named = dict.fromkeys((each for each in all_arguments(kind) if each in WANTS_GRADIENT), True)
    backward = next(name for name in BACKWARD_NAMES if hasattr(kind, name))
    looks_like_arrays = bool(attributes_used(kind) & OF_ARRAYS) or hasattr(kind, "__matmul__")
    errors = []
    for holds_arrays in (looks_like_arrays, not looks_like_arrays):
        try:
            with caller.calling(f"{kind.__name__}({TRIED})"):
                made = kind(np.array([TRIED]) if holds_arrays else TRIED, **named)
        except StudentError as error:
            errors.append(error)
            continue
        data = next((name for name in DATA_NAMES if _is_tried(getattr(made, name, None))), None)
        grad = next((name for name in GRAD_NAMES if hasattr(made, name)), None)
        if data is not None and grad is not None:
            return TapeEngine(kind, data, grad, backward, named, holds_arrays, caller)
    if errors:
        raise errors[0]
    raise StudentError(
        f"{kind.__name__}({TRIED}) has no data and grad; its attributes are: "
        f"{', '.join(attributes_of(made)) or 'none'}"
    )


def _is_tried(found: Any) -> bool:
    try:
        return np.size(found) == 1 and bool(np.all(np.asarray(found) == TRIED))
    except Exception:  # an object of the student's own
        return False


def _number(value: Any) -> Any:
    """A Python number, real or complex."""
    return np.asarray(value).reshape(()).item()
