"""A cost as a function of one long vector, and its gradient: how they are called.

Optimisers such as those of SciPy want all parameters in one vector. So many courses have functions
like ``nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)``.
A bias that is an argument of its own, as in ``compute_cost(X, y, w, b)``, is the vector's last
number.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.returned_names import returned_names
from gradcheck.homework.understanding.flat_arguments import meanings_of
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.student_cost import one_number
from gradcheck.homework.understanding.target_forms import TargetForm
from nets.arrays import HostArray

__all__ = ["FlatCalls"]


@dataclass(frozen=True)
class FlatCalls:
    """The calls of a cost of one vector, in one form.

    Attributes:
        functions: the module's.
        names: of the function that gives the cost, and of the one that gives the gradient.
        sizes: neurons in each layer.
        batch: the mini-batch.
        form: of the targets.
        shape: of the weights as the functions take them: flat (n,), a column (n, 1), or a matrix,
            as softmax regression has it; () for a single number, with inputs (batch,).
        caller: guards the calls.

    """

    functions: Mapping[str, Callable[..., Any]]
    names: tuple[str, str]
    sizes: tuple[int, ...]
    batch: MiniBatch
    form: TargetForm
    shape: tuple[int, ...]
    caller: Caller

    @property
    def weights(self) -> int:
        """How many numbers of the vector are weights; one more is the bias, if there is one."""
        return prod(self.shape)

    @property
    def has_bias(self) -> bool:
        """Whether the functions take a bias of its own."""
        return "bias" in (meanings_of(self.functions[self.names[0]]) or {}).values()

    def cost(self, vector: HostArray) -> Any:
        """The cost of a vector (n,), a number.

        Raises:
            StudentError: the function raised something, or returned no number.

        """
        returned = self._called(self.names[0], vector)
        first = returned[0] if isinstance(returned, tuple | list) and returned else returned
        return one_number(first, self.names[0])

    def gradient(self, vector: HostArray) -> HostArray:
        """The gradient (n,), in the order of the vector.

        Raises:
            StudentError: there is none of this size.

        """
        returned = self._called(self.names[1], vector)
        several = isinstance(returned, tuple | list)
        is_cost_too = several and len(returned) > 1 and np.size(returned[0]) == 1
        if self.has_bias and self.names[0] != self.names[1]:
            is_cost_too = False  # what is a single number is the gradient of the bias
        found = list(returned[1:] if is_cost_too else returned) if several else [returned]
        arrays = [array for each in found for array in _arrays_in(each)]
        if self.has_bias:
            arrays = self._weights_first(arrays)
        size = sum(array.size for array in arrays)
        if size != vector.size:
            raise StudentError(
                f"{self.names[1]} returned a gradient of {size} numbers; the vector has "
                f"{vector.size}"
            )
        return np.concatenate([array.reshape(-1) for array in arrays]).astype(np.float64)

    def _weights_first(self, arrays: list[HostArray]) -> list[HostArray]:
        """The gradients of weights and bias in this order; functions return both orders.

        Of two single numbers the names in the return statement tell which is which.
        """
        names = returned_names(self.functions[self.names[1]])
        if len(arrays) == 2 == len(names) and self.weights == 1:
            return [
                array
                for _, array in sorted(
                    zip(map(_is_of_bias, names), arrays, strict=True), key=lambda pair: pair[0]
                )
            ]
        return sorted(arrays, key=lambda array: array.size != self.weights)

    def _called(self, name: str, vector: HostArray) -> Any:
        function = self.functions[name]
        meanings = meanings_of(function) or {}
        told: dict[Any, Any] = {
            "vector": vector[: self.weights].reshape(self.shape).copy()[()],
            "bias": float(np.real(vector[-1])),
            "layers": [*self.sizes],
            "input": self.sizes[0],
            "hidden": self.sizes[1],
            "output": self.sizes[-1],
            Role.INPUTS: self.batch.inputs.T.copy() if self.shape else self.batch.inputs[0].copy(),
            Role.TARGETS: self.form.of(self.batch.targets),
            Role.STRENGTH: REGULARISATION,
        }
        given = {key: told[meaning] for key, meaning in meanings.items()}
        with self.caller.calling(f"{name}({', '.join(given)})", quietly=True):
            return function(**given)


def _arrays_in(value: Any) -> Iterator[HostArray]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _arrays_in(each)
    elif isinstance(value, np.ndarray | np.generic | float) and np.asarray(value).dtype.kind == "f":
        yield np.asarray(value)


def _is_of_bias(name: str) -> bool:
    return name.lower().endswith("b")
