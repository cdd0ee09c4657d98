"""Networks built from a student's class: the same network each time."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.constructor import construction_of
from gradcheck.homework.understanding.find_parameters import find_parameters, sizes_held
from gradcheck.homework.understanding.members import first_of, listed_methods
from gradcheck.homework.understanding.parameters import Parameters
from nets.arrays import HostArray

__all__ = ["BACKPROP_NAMES", "NetworkBuilder", "StudentNetwork", "no_backprop"]

# The methods that may be backprop, in the order in which they are looked for.
BACKPROP_NAMES = (
    *("backprop", "back_prop", "backpropagation", "back_propagation", "backpropagate"),
    *("back_propagate", "backProp", "backPropagation", "backward", "backward_pass"),
    *("backward_propagation", "backward_prop", "bprop", "compute_gradients", "compute_gradient"),
    *("calculate_gradients", "get_gradients", "gradients", "gradient", "grad", "grads"),
)


@dataclass(frozen=True)
class StudentNetwork:
    """A network built from a student's class.

    Attributes:
        own: the student's object.
        parameters: its arrays.
        caller: guards the calls of its methods.
        sizes: neurons in each layer.
        findings: what had to be guessed to build it.

    """

    own: Any
    parameters: Parameters
    caller: Caller
    sizes: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()

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
        name = first_of(BACKPROP_NAMES, self.own)
        if name is None:
            raise StudentError(no_backprop(type(self.own)))
        found: Callable[..., Any] = getattr(self.own, name)
        return found

    @property
    def backprop_name(self) -> str:
        """The name of the method, such as ``backprop``."""
        return first_of(BACKPROP_NAMES, self.own) or BACKPROP_NAMES[0]


def no_backprop(kind: type) -> str:
    """That a class has no backprop, in a line that lists its methods."""
    return (
        f"{kind.__name__} has no method backprop; its methods are: {listed_methods(kind)}. Add "
        "backprop(x, y) that returns the gradients of the weights and of the biases"
    )


@dataclass(frozen=True)
class NetworkBuilder:
    """Builds networks of a student's class, each with the same parameters.

    Attributes:
        built: the class.
        name: of the class.
        sizes: neurons in each layer; None for sizes that suit the class.
        seed: of Python's and NumPy's random numbers, set before each network is built.
        caller: guards the calls.
        values: the numbers that each network's arrays receive. None: what the class draws.

    """

    built: Callable[..., Any]
    name: str
    sizes: Sequence[int] | None
    seed: int
    caller: Caller
    values: Sequence[HostArray] | None = None

    def build(self) -> StudentNetwork:
        """A new network: changes that earlier calls made in other networks are not in it.

        Raises:
            StudentError: the class cannot be built from the sizes, or its arrays do not fit them.

        """
        given = construction_of(self.built, self.name, self.sizes)
        np.random.seed(self.seed)  # noqa: NPY002 (students' classes draw from it)
        random.seed(self.seed)
        try:
            with self.caller.calling(f"{self.name}({given.text})"):
                own = self.built(*given.arguments, **given.named)
        except StudentError as error:
            raise given.explained(error) from error.__cause__
        sizes = given.sizes or self.sizes or sizes_held(own, self.caller)
        parameters = find_parameters(own, sizes, self.caller)
        if self.values is not None:
            # A seed does not fix the numbers of a class that draws from a generator of its own.
            parameters.place(self.values)
        return StudentNetwork(own, parameters, self.caller, tuple(sizes), given.findings)
