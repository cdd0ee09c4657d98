"""Networks built from a student's class: the same network each time."""

import inspect
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.find_parameters import find_parameters
from gradcheck.homework.understanding.parameters import Parameters
from nets.arrays import HostArray

__all__ = ["NetworkBuilder", "StudentNetwork"]

METHODS_LISTED = 8  # in a message, at most


@dataclass(frozen=True)
class StudentNetwork:
    """A network built from a student's class.

    Attributes:
        own: the student's object.
        parameters: its arrays.
        caller: guards the calls of its methods.

    """

    own: Any
    parameters: Parameters
    caller: Caller

    @property
    def class_name(self) -> str:
        """The name of the student's class."""
        return type(self.own).__name__

    @property
    def backprop(self) -> Callable[..., Any]:
        """The object's own backprop.

        Raises:
            StudentError: it has none.

        """
        backprop = getattr(self.own, "backprop", None)
        if callable(backprop):
            found: Callable[..., Any] = backprop
            return found
        kind = type(self.own)
        methods = [
            name
            for name in dir(kind)
            if not name.startswith("_") and callable(getattr(kind, name, None))
        ]
        listed = ", ".join(methods[:METHODS_LISTED]) or "none"
        raise StudentError(
            f"{self.class_name} has no method backprop; its methods are: {listed}. Add "
            "backprop(x, y) that returns the gradients of the weights and of the biases"
        )


@dataclass(frozen=True)
class NetworkBuilder:
    """Builds networks of a student's class, each with the same parameters.

    Attributes:
        built: the class.
        name: of the class.
        sizes: neurons in each layer.
        seed: of Python's and NumPy's random numbers, set before each network is built.
        caller: guards the calls.
        values: the numbers that each network's arrays receive. None: what the class draws.

    """

    built: Callable[..., Any]
    name: str
    sizes: Sequence[int]
    seed: int
    caller: Caller
    values: Sequence[HostArray] | None = None

    def build(self) -> StudentNetwork:
        """A new network: what earlier calls changed in other networks is not in it.

        Raises:
            StudentError: the class cannot be built from the sizes, or its arrays do not fit them.

        """
        arguments = required_arguments(self.built)
        if arguments is not None and len(arguments) > 1:
            raise StudentError(
                f"{self.name} is built from ({', '.join(arguments)}); it should be "
                f"{self.name}({list(self.sizes)}), with the sizes as its only argument. For other "
                "classes use gradcheck.check_gradients"
            )
        np.random.seed(self.seed)  # noqa: NPY002 (students' classes draw from it)
        random.seed(self.seed)
        with self.caller.calling(f"{self.name}({list(self.sizes)})"):
            one_by_one = arguments == [] and _takes_any_number(self.built)
            own = self.built(*self.sizes) if one_by_one else self.built(list(self.sizes))
        parameters = find_parameters(own, self.sizes, self.caller)
        if self.values is not None:
            # No seed holds the numbers of a class that draws from a generator of its own.
            parameters.place(self.values)
        return StudentNetwork(own, parameters, self.caller)


def _takes_any_number(built: Callable[..., Any]) -> bool:
    """Whether the class takes the sizes as separate arguments, as in ``Network(2, 3, 1)``."""
    first = next(iter(inspect.signature(built).parameters.values()), None)
    return first is not None and first.kind is first.VAR_POSITIONAL
