"""A student's pair of functions as a part of a contract: a cost of its inputs, and gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.pairs.argument_roles import INPUT_ROLES, role_in
from gradcheck.homework.understanding.pairs.function_names import NamedPair
from gradcheck.homework.understanding.pairs.trials import Trial
from gradcheck.verdicts.functions.arriving import arriving_gradients, sizes_of
from gradcheck.verdicts.functions.pair import FunctionPair
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["PairRead", "read_trial"]

# For a first look at all entries: how far a right gradient may be from central differences, as a
# part of it or, near 0, absolutely: gradients of size 1 arrive. Chosen: the differences of a smooth
# function are right to about 1e-10, and most mistakes change far more.
FITS = 1e-4


@dataclass(frozen=True)
class PairRead:
    """A pair of functions that can be checked.

    Attributes:
        trial: how it is called.
        functions: the two, as ``check_backward`` calls them.
        arriving: the gradient that arrives at each output.
        caller: guards the calls.
        has_means: whether the gradients of the parameters are means over the examples.

    """

    trial: Trial
    functions: FunctionPair
    arriving: Sequence[HostArray]
    caller: Caller
    has_means: bool = False

    @property
    def pair(self) -> NamedPair:
        """The two functions."""
        return self.trial.calls.pair

    @property
    def backward_name(self) -> str:
        """Of the function that returns the gradients."""
        return self.pair.backward_name or self.pair.forward_name

    @property
    def values(self) -> list[HostArray]:
        """Of the arrays that are checked, each in its shape."""
        return list(self.functions.inputs.checked_values)

    def cost(self, values: Values) -> Any:
        """The sum of outputs times arriving gradients, for values in the shapes of the arrays."""
        with self.caller.calling(f"{self.pair.forward_name}(...)", quietly=True):
            return self.functions.cost(self.arriving)(values)

    def claims(self, values: Values) -> list[NamedGradients]:
        """The gradients that backward returns, each in the shape of its value."""
        own = [np.array(each) for each in self.arriving]
        with self.caller.calling(f"{self.backward_name}(...)"):
            done = self.functions.run(values)
            found = self.functions.backpropagated(done, own)
        arrays = [np.array(each) for each in found]
        if self.has_means:
            examples = self.arriving[0].shape[-1]
            arrays = [
                array if is_input else array * examples
                for array, is_input in zip(arrays, self.inputs, strict=True)
            ]
        return [NamedGradients("as returned", False, arrays)]

    @property
    def names(self) -> list[str]:
        """Of the arrays that are checked."""
        return list(self.functions.inputs.checked_names)

    @property
    def inputs(self) -> list[bool]:
        """Of each array that is checked: whether it is an input, and not a parameter."""
        form = self.trial.form
        return [role_in(name, form) in INPUT_ROLES for name in self.functions.inputs.checked_names]

    def fits_everywhere(self) -> bool:
        """Whether every entry of the gradients is that of the cost."""
        engine = OneByOne(self.cost, self.values)
        claims = self.claims(self.values)[0].arrays
        for which, (value, claim) in enumerate(zip(self.values, claims, strict=True)):
            steps = np.full(value.size, CENTRAL_STEP)
            changes = engine.cost_changes(which, np.arange(value.size), steps, (-1.0, 1.0))
            slopes = (changes[1] - changes[0]) / (2.0 * CENTRAL_STEP)
            if not np.allclose(claim.reshape(-1), slopes, rtol=FITS, atol=FITS):
                return False
        return True

    def part(self, name: str, findings: Sequence[Finding]) -> Part:
        """The pair as a part.

        Args:
            name: of the part.
            findings: how it was understood.

        """
        batch = sizes_of(self.arriving)["batch_size"] if self.arriving else None
        with self.caller.calling(f"{self.pair.forward_name}(...)"):
            forward = self.trial.calls.forward_call()
        return Part(
            name=name,
            arrays=tuple(
                NamedArray(each, value, is_input=True)
                for each, value in zip(
                    self.functions.inputs.checked_names, self.values, strict=True
                )
            ),
            cost=PartCost(self.cost_name, self.cost),
            claims_at=self.claims,
            backward=self.backward_name,
            batch_size=batch or 1,
            findings=tuple(findings),
            forward=forward,
        )

    @property
    def cost_name(self) -> str:
        """What the cost is, in words."""
        if self.trial.calls.binding is None or not self.arriving[0].ndim:
            return self.pair.forward_name
        return f"the sum of {self.pair.forward_name}'s output times a random arriving gradient"


def read_trial(trial: Trial, seed: int, caller: Caller) -> PairRead:
    """Make a pair that was called once ready for a check.

    Args:
        trial: how it is called.
        seed: of the arriving gradients.
        caller: guards the calls.

    Raises:
        StudentError: forward returns something else each time.

    """
    functions = trial.calls.function_pair(trial.places)
    with caller.calling(f"{trial.calls.pair.forward_name}(...)"):
        try:
            outputs = functions.outputs()
        except BadInput as error:
            raise StudentError(
                str(error).replace("forward", trial.calls.pair.forward_name)
            ) from error
    binding = trial.calls.binding
    if binding is None or (binding.is_derivative and not outputs[0].ndim):
        # The gradient of a loss belongs to an arriving gradient of 1.
        arriving = [np.ones(())]
    else:
        arriving = arriving_gradients(outputs, None, seed)
    return PairRead(trial, functions, arriving, caller)
