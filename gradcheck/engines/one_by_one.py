"""The engine of the book: one full evaluation of the cost for each moved entry.

It measures C(w + h e_j) - C(w), the numerator of equation (46), exactly as it stands there, for any
cost function of any arrays.
"""

from collections.abc import Sequence
from contextlib import closing

import numpy as np

from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.cost_function import (
    UNDEFINED,
    gathered_costs,
    kept_number,
    one_number,
    real_number,
)
from gradcheck.engines.engine import (
    FEW_AT_ONCE,
    CostFunction,
    Offset,
    Progress,
    expect_finite,
    flat_entries,
)
from gradcheck.engines.libraries import for_arithmetic
from gradcheck.engines.one_entry_moved import mover_for
from nets.arrays import Array, HostArray, array_namespace, is_complex, real_part, to_numpy
from nets.errors import BadInput, expect_function
from nets.network import Network

__all__ = ["COSTS_AT_A_TIME", "Box", "OneByOne"]

# Costs that are kept one by one before they are gathered into one array. It bounds the memory that
# they take meanwhile: on a GPU each is an array of its own. Progress is reported as often.
COSTS_AT_A_TIME = 2048

# The lowest and the highest values of an array, each of its shape.
Box = tuple[Array, Array]


class OneByOne:
    """The book's way: one full evaluation of the cost for each entry and offset.

    It takes any cost function of any arrays. The function is given copies of the arrays that belong
    to the engine. During each call one entry of them is moved.

    Attributes:
        name: ``one-by-one``.
        base_cost: C, unperturbed.
        evaluations: how many costs have been evaluated.
        most_at_once: entries of an array that are judged together.
        joins_arrays: false, each array that is finished is kept.

    """

    name = "one-by-one"
    most_at_once, joins_arrays = FEW_AT_ONCE, False

    def __init__(
        self,
        cost: CostFunction,
        parameters: Sequence[Array],
        progress: Progress | None = None,
        *,
        boxes: Sequence[Box] | None = None,
    ) -> None:
        """Evaluate the cost once, unperturbed.

        Args:
            cost: a function of all parameter arrays.
            parameters: arrays of any shapes and of any library; the engine copies them.
            progress: called now and then with the number of costs evaluated so far.
            boxes: for each array the lowest and the highest values, each of its shape. Where a step
                leaves the box, the cost is not evaluated and counts as NaN.

        Raises:
            BadInput: the cost is not one finite number.

        """
        expect_function("progress", progress, optional=True)
        self._cost = cost
        self._parameters = [
            array_namespace(array).asarray(array, copy=True) for array in parameters
        ]
        # The same arrays, or their numbers in NumPy if they are of a library such as PyTorch.
        self._values = [for_arithmetic(array) for array in self._parameters]
        self._movers = [mover_for(array) for array in self._parameters]
        self._boxes = boxes
        self._progress = progress
        self.evaluations = 1
        base = one_number(cost(self._parameters))
        self.base_cost = expect_finite(real_number(base))
        self._base = gathered_costs([kept_number(base)], self._values[0])[0]

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
        """Cost changes (offsets, n) at entries (n,): see ``Engine.cost_changes``."""
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
        moved = flat_entries(self._values[which], entries) + moves
        inside = self._inside(which, entries, moved)
        costs = [UNDEFINED] * len(entries)
        for position, cost in zip(
            inside,
            self._evaluated(which, entries[inside], flat_entries(moved, inside)),
            strict=True,
        ):
            costs[position] = cost
        self.evaluations += len(inside)
        if self._progress is not None:
            self._progress(self.evaluations)
        return gathered_costs(costs, moves)

    def _inside(self, which: int, entries: HostArray, moved: Array) -> HostArray:
        """The positions (m,) among n entries whose moved values (n,) lie in the box."""
        if self._boxes is None:
            return np.arange(len(entries))
        low, high = (flat_entries(bound, entries) for bound in self._boxes[which])
        values = real_part(moved)
        return np.flatnonzero(to_numpy((low <= values) & (values <= high)))

    def _evaluated(self, which: int, entries: HostArray, moved: Array) -> list[Array]:
        """C with each entry set, alone, to its moved value: n costs for entries and values (n,)."""
        parameters, array = list(self._parameters), self._parameters[which]
        evaluate = _defined
        if is_complex(moved):
            xp = array_namespace(array)
            array, evaluate = xp.astype(array, xp.complex128), _defined_for_complex
        costs = []
        with closing(self._movers[which](array, entries, moved)) as arrays:
            for parameters[which] in arrays:
                costs.append(evaluate(self._cost, parameters))
        return costs


def _defined(cost: CostFunction, parameters: Sequence[Array]) -> Array:
    """The cost, or NaN where a step has led out of its domain and it raises an error.

    ``math.log`` and a Cholesky factorisation raise where ``np.log`` gives NaN. With no entry moved
    the cost was computed without an error.
    """
    try:
        return kept_number(cost(parameters))
    except BadInput:
        raise
    except (ArithmeticError, ValueError):  # of which numpy.linalg.LinAlgError is one
        return UNDEFINED
    except RuntimeError as error:
        if type(error).__name__ == "_LinAlgError":  # PyTorch's
            return UNDEFINED
        raise


def _defined_for_complex(cost: CostFunction, parameters: Sequence[Array]) -> Array:
    """The cost of complex parameters, or NaN as for real ones.

    Raises:
        BadInput: the cost function cannot compute with complex numbers.

    """
    try:
        return _defined(cost, parameters)
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(
            f"the cost function raised {type(error).__name__} for a complex parameter ({error}), "
            "so the complex step cannot be used; use the scheme central"
        ) from error


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
