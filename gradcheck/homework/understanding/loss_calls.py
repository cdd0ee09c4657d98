"""How a loss and its gradients are called, where a class has its own loss of inputs and targets."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.example_forms import ExampleForm
from gradcheck.homework.understanding.left_gradients import left_gradients
from gradcheck.homework.understanding.members import all_arguments, first_of, listed_methods
from gradcheck.homework.understanding.student_cost import one_number

__all__ = ["GRADIENT_NAMES", "LOSS_NAMES", "REGULARISATION", "LossCalls", "strengths_in"]

LOSS_NAMES = (
    *("loss", "compute_loss", "calculate_loss", "loss_function", "calc_loss", "get_loss"),
    *("cost", "compute_cost", "cost_function", "calc_cost", "objective"),
)
# Never numerical_gradient: that is the student's own check.
GRADIENT_NAMES = (
    *("gradient", "gradients", "grad", "grads", "compute_gradients", "compute_gradient"),
    *("calc_gradient", "calc_gradients", "get_gradients", "backward", "backprop", "back_prop"),
    *("backpropagation", "backward_pass", "backward_propagation"),
)
# Arguments of a loss or of a constructor that are the strength of its regularisation.
STRENGTH = re.compile(
    r"(.*_)?(reg|lambda\d?|lambd|lmbda|lam|lamb|l1|l2|decay|weightdecay|lambda_|reg_strength"
    r"|regulari[sz]ation|regulari[sz]er|reglambda|penalty|ridge|lasso)(_.*)?"
)
# The value for such an argument. It is large enough to show that a term of a gradient is missing.
# It is not 0.1: the square of 0.1 is also a tenth of it, as if divided by a mini-batch of 10.
# Chosen.
REGULARISATION = 0.13


@dataclass(frozen=True)
class LossCalls:
    """The calls of one object's loss and gradients, in one form.

    Attributes:
        own: the student's object.
        form: in which it takes the mini-batch.
        batch: the mini-batch.
        seed: set before each call, so that dropout draws the same mask each time.
        caller: guards the calls.

    """

    own: Any
    form: ExampleForm
    batch: MiniBatch
    seed: int
    caller: Caller

    @property
    def loss_name(self) -> str:
        """The method that gives the loss.

        Raises:
            StudentError: there is none.

        """
        name = first_of(LOSS_NAMES, self.own)
        if name is None:
            kind = type(self.own)
            raise StudentError(
                f"{kind.__name__} has no method loss; its methods are: {listed_methods(kind)}. Add "
                "loss(x, y)"
            )
        return name

    @property
    def gradient_name(self) -> str | None:
        """The method that gives the gradients; None if the loss gives them itself."""
        return first_of(GRADIENT_NAMES, self.own)

    def loss(self, *, quietly: bool = True) -> Any:
        """The loss as a number."""
        return one_number(self._split(self._called(self.loss_name, quietly=quietly))[0], self.text)

    def gradients(self) -> Any:
        """The gradients in what they are packed in: mostly a dict by the names of the parameters.

        Raises:
            StudentError: there are none.

        """
        returned = self._split(self._called(self.loss_name, quietly=False))[1]
        if returned is None and self.gradient_name is not None:
            returned = self._called(self.gradient_name, quietly=False)
            if isinstance(returned, tuple) and len(returned) == 2:
                returned = next((each for each in returned if isinstance(each, Mapping)), returned)
        if returned is None:
            returned = left_gradients(self.own)
        if returned is None:
            raise StudentError(
                f"{self.text} returned no gradients, and {type(self.own).__name__} has no method "
                f"gradient; its methods are: {listed_methods(type(self.own))}. Return the loss and "
                "a dict of gradients"
            )
        return returned

    @property
    def text(self) -> str:
        """The call of the loss, such as ``loss(x, y)``."""
        return f"{self.loss_name}(x, y)"

    @property
    def has_regularisation(self) -> bool:
        """Whether the loss takes the strength of its regularisation as an argument."""
        return bool(strengths_in(getattr(self.own, self.loss_name)))

    def _called(self, name: str, *, quietly: bool) -> Any:
        """What a method returns for the mini-batch."""
        function = getattr(self.own, name)
        x, y = self.form.arguments(self.batch)
        required = required_arguments(function)
        strengths = strengths_in(function)
        plain = [each for each in required or ("x", "y") if each not in strengths]
        # A method that takes nothing uses what the forward pass left in the object.
        count = 2 if len(plain) >= 1 and name == self.loss_name else len(plain)
        given = (x, y)[:count] if count != 1 else (y,)
        seed_generators(self.seed)
        text = f"{name}({', '.join(('x', 'y')[:count])})"
        with self.caller.calling(text, quietly=quietly):
            return function(*given, **strengths)

    def _split(self, returned: Any) -> tuple[Any, Any]:
        """The loss and the gradients in what the loss returned; None where it has no gradients."""
        if isinstance(returned, tuple | list) and len(returned) >= 2:
            gradients = [each for each in returned[1:] if isinstance(each, Mapping)]
            return returned[0], gradients[0] if gradients else None
        return returned, None


def strengths_in(function: Callable[..., Any]) -> dict[str, float]:
    """The arguments of a function that are strengths of regularisation, with their value."""
    names = [name for name in all_arguments(function) if STRENGTH.fullmatch(name.lower())]
    return dict.fromkeys(names, REGULARISATION)
