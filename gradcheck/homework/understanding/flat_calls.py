"""A cost as a function of one long vector, and its gradient: how they are called.

Optimisers such as those of SciPy want all parameters in one vector. So many courses have functions
like ``nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
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
        shape: of the vector as the functions take it: flat (n,), a column (n, 1), or a matrix, as
            softmax regression has it.
        caller: guards the calls.

    """

    functions: Mapping[str, Callable[..., Any]]
    names: tuple[str, str]
    sizes: tuple[int, ...]
    batch: MiniBatch
    form: TargetForm
    shape: tuple[int, ...]
    caller: Caller

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
        found = list(returned[1:] if is_cost_too else returned) if several else [returned]
        arrays = [array for each in found for array in _arrays_in(each)]
        size = sum(array.size for array in arrays)
        if size != vector.size:
            raise StudentError(
                f"{self.names[1]} returned a gradient of {size} numbers; the vector has "
                f"{vector.size}"
            )
        return np.concatenate([array.reshape(-1) for array in arrays]).astype(np.float64)

    def _called(self, name: str, vector: HostArray) -> Any:
        function = self.functions[name]
        meanings = meanings_of(function) or {}
        told: dict[Any, Any] = {
            "vector": vector.reshape(self.shape).copy(),
            "layers": [*self.sizes],
            "input": self.sizes[0],
            "hidden": self.sizes[1],
            "output": self.sizes[-1],
            Role.INPUTS: self.batch.inputs.T.copy(),
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
    elif isinstance(value, np.ndarray) and value.dtype.kind == "f":
        yield np.asarray(value)
