"""The engine of the book: one full evaluation of the cost for each moved entry.

It measures C(w + h e_j) - C(w), the numerator of equation (46), exactly as it stands there, for any
cost function of any arrays.
"""

import math
from collections.abc import Sequence

import numpy as np

from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.cost_function import gathered_costs, one_number, own_copy, real_number
from gradcheck.engines.engine import CostFunction, Offset, Progress, expect_finite, flat_entries
from nets.arrays import Array, HostArray, array_namespace, is_complex
from nets.errors import BadInput
from nets.network import Network

__all__ = ["COSTS_AT_A_TIME", "OneByOne"]

# Costs that are kept one by one before they are gathered into one array. It bounds the memory that
# they take meanwhile: on a GPU each is an array of its own. Progress is reported as often.
COSTS_AT_A_TIME = 2048


class OneByOne:
    """The book's way: one full evaluation of the cost for each entry and offset.

    It takes any cost function of any arrays. The function is given copies of the arrays that belong
    to the engine. During each call one entry of them is moved.

    Attributes:
        name: ``one-by-one``.
        base_cost: C, unperturbed.
        evaluations: how many costs have been evaluated.

    """

    name = "one-by-one"

    def __init__(
        self,
        cost: CostFunction,
        parameters: Sequence[Array],
        progress: Progress | None = None,
    ) -> None:
        """Evaluate the cost once, unperturbed.

        Args:
            cost: a function of all parameter arrays.
            parameters: arrays of any shapes; the engine copies them.
            progress: called now and then with the number of costs evaluated so far.

        Raises:
            BadInput: the cost is not one finite number.

        """
        self._cost = cost
        self._parameters = [
            array_namespace(array).asarray(array, copy=True) for array in parameters
        ]
        self._progress = progress
        self.evaluations = 1
        base = own_copy(one_number(cost(self._parameters)))
        self._base = base
        self.base_cost = expect_finite(real_number(base))

    @classmethod
    def of_network(
        cls,
        network: Network,
        inputs: Array,
        targets: Array,
        progress: Progress | None = None,
    ) -> "OneByOne":
        """The engine for the cost of a network on one mini-batch.

        Args:
            network: whose parameters are moved. If its class is a subclass of ``Network``, that
                class's own ``cost`` is evaluated.
            inputs: (n_input, batch).
            targets: (n_output, batch).
            progress: called now and then with the number of costs evaluated so far.

        Raises:
            BadInput: the cost is not one finite number.

        """
        return cls(_NetworkCost(network, inputs, targets), network.parameters, progress)

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """See ``Engine.cost_changes``."""
        xp = array_namespace(steps)
        changes = []
        # A step may lead out of the domain of the cost: what it then warns about is expected.
        with np.errstate(all="ignore"):
            for offset in offsets:
                pieces = []
                for some in even_blocks(len(entries), COSTS_AT_A_TIME):
                    costs = self._costs(which, entries[some], offset * steps[some])
                    pieces.append(costs - self._base)
                changes.append(xp.concat(pieces))
        return xp.stack(changes)

    def _costs(self, which: int, entries: HostArray, moves: Array) -> Array:
        """C with each entry moved, alone, by its move: (n,) for entries and moves (n,)."""
        xp = array_namespace(moves)
        parameters = list(self._parameters)
        array = parameters[which]
        if is_complex(moves):
            array = parameters[which] = xp.astype(array, moves.dtype)
        moved = flat_entries(array, entries) + moves
        costs = []
        for position, entry in enumerate(entries.tolist()):
            index = tuple(map(int, np.unravel_index(entry, array.shape)))
            # NumPy returns a number here, other libraries a view of the array: hence the copy.
            saved = xp.asarray(array[index], copy=True)
            try:
                array[index] = moved[position]
                costs.append(own_copy(_defined(self._cost, parameters)))
            finally:
                array[index] = saved
        self.evaluations += len(costs)
        if self._progress is not None:
            self._progress(self.evaluations)
        return gathered_costs(costs, moves)


def _defined(cost: CostFunction, parameters: Sequence[Array]) -> Array:
    """The cost, or NaN where a step has led out of its domain and it raises an error.

    ``math.log`` and a Cholesky factorisation raise where ``np.log`` gives NaN. With no entry moved
    the cost was computed without an error.
    """
    try:
        return cost(parameters)
    except BadInput:
        raise
    except (ArithmeticError, ValueError):  # of which numpy.linalg.LinAlgError is one
        return math.nan


class _NetworkCost:
    """C as a function of a network's parameter arrays."""

    def __init__(self, network: Network, inputs: Array, targets: Array) -> None:
        self._network, self._inputs, self._targets = network, inputs, targets

    def __call__(self, arrays: Sequence[Array]) -> Array:
        # The engine moves entries in place, so the same arrays come again and again. Only other
        # arrays need another network.
        if any(old is not new for old, new in zip(self._network.parameters, arrays, strict=True)):
            self._network = self._network.with_parameters(arrays)
        return self._network.cost(self._inputs, self._targets)
