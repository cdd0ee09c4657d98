"""C(w + h e_j) - C(w) for many j: the engines.

An engine answers one question, ``cost_changes``: by how much does the cost change when each of
these entries of that array is moved, alone, by each of these offsets? ``OneByOne`` asks the cost
function itself, one full evaluation for each, exactly as the book says.
"""

from collections.abc import Sequence

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import CostFunction, Offset, Progress, expect_finite, flat_entries
from nets.arrays import Array, HostArray, array_namespace, is_complex
from nets.errors import BadInput
from nets.network import Network

__all__ = ["CHUNK", "OneByOne", "expect_steady"]


# Costs are gathered on the device in pieces of this many, to bound what lies about meanwhile.
CHUNK = 2048


def one_number(cost: Array) -> Array:
    """A cost as it came from a cost function, if it is one number.

    Raises:
        BadInput: it is not.

    """
    shape = getattr(cost, "shape", None)
    if shape is None and (isinstance(cost, bool) or not isinstance(cost, int | float | complex)):
        raise BadInput(
            f"the cost function returned {cost!r}, a {type(cost).__name__}; wanted is one number "
            "(did it forget to return?)"
        )
    if shape:
        raise BadInput(
            f"the cost has shape {tuple(shape)}; wanted is one number: sum it, or average"
        )
    return cost


def kept(cost: Array) -> Array:
    """A cost that stays what it is, even if its function returns the same array each time."""
    if isinstance(cost, int | float | complex | np.generic):
        return cost
    return array_namespace(cost).asarray(cost, copy=True)


def expect_steady(cost: CostFunction, parameters: Sequence[Array]) -> None:
    """See that a cost function gives the same number twice and leaves its arrays alone.

    Raises:
        BadInput: it is random, keeps state, or changes the arrays that it is given.

    """
    given = [array_namespace(array).asarray(array, copy=True) for array in parameters]
    first = real_number(kept(one_number(cost(given))))
    second = real_number(one_number(cost(given)))
    for position, (array, before) in enumerate(zip(given, parameters, strict=True)):
        xp = array_namespace(array)
        if not bool(xp.all((array == before) | (before != before))):  # NaN is told elsewhere
            raise BadInput(
                f"the cost function changes array {position} that it is given; let it work on a "
                "copy"
            )
    if first != second and np.isfinite(first) and np.isfinite(second):
        raise BadInput(
            f"the cost function gave {first!r} and then {second!r} for the same "
            "parameters; make it the same each time (no dropout, a fixed seed, no state)"
        )


def real_number(cost: Array) -> float:
    """A cost of real parameters as a number.

    Raises:
        BadInput: it is complex, or larger than a float can be.

    """
    if isinstance(cost, complex | np.complexfloating) or (
        hasattr(cost, "dtype") and is_complex(cost)
    ):
        raise BadInput(
            f"the cost of real parameters is complex, {cost}; wanted is a real number (abs, or the "
            "real part of it)"
        )
    try:
        return float(cost)
    except OverflowError as error:
        raise BadInput("the cost is larger than a float can be; wanted is a finite one") from error


class OneByOne:
    """The book's way: one full evaluation of the cost for each entry and offset.

    Takes any cost function of any arrays. It is given this engine's own copies of the arrays,
    one entry of which is moved during each call.
    """

    name = "one-by-one"

    def __init__(
        self,
        cost: CostFunction,
        parameters: Sequence[Array],
        progress: Progress | None = None,
    ) -> None:
        """Evaluate the cost once, unperturbed.

        Raises:
            BadInput: the cost is not one finite number.

        """
        self._cost = cost
        self._parameters = [
            array_namespace(array).asarray(array, copy=True) for array in parameters
        ]
        self._progress = progress
        self.evaluations = 1
        base = kept(one_number(cost(self._parameters)))
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
            network: whose parameters are moved.
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
        for offset in offsets:
            pieces = []
            for start in range(0, len(entries), CHUNK):
                some = slice(start, min(start + CHUNK, len(entries)))
                costs = self._costs(which, entries[some], offset * steps[some])
                pieces.append(costs - self._base)
            changes.append(xp.concat(pieces))
        return xp.stack(changes)

    def _costs(self, which: int, entries: HostArray, moves: Array) -> Array:
        """C with each entry moved, alone, by its move: (n,)."""
        xp = array_namespace(moves)
        parameters = list(self._parameters)
        array = parameters[which]
        if is_complex(moves):
            array = parameters[which] = xp.astype(array, moves.dtype)
        moved = flat_entries(array, entries) + moves
        costs = []
        for position, entry in enumerate(entries.tolist()):
            index = tuple(map(int, np.unravel_index(entry, array.shape)))
            # Copied: NumPy hands out numbers here, other libraries views of the array.
            saved = xp.asarray(array[index], copy=True)
            try:
                array[index] = moved[position]
                costs.append(kept(self._cost(parameters)))
            finally:
                array[index] = saved
        self.evaluations += len(costs)
        if self._progress is not None:
            self._progress(self.evaluations)
        return _gathered(costs, moves)


class _NetworkCost:
    """C as a function of a network's parameter arrays."""

    def __init__(self, network: Network, inputs: Array, targets: Array) -> None:
        self._network, self._inputs, self._targets = network, inputs, targets

    def __call__(self, arrays: Sequence[Array]) -> Array:
        # The engine moves entries in place, so that the same arrays come again and again.
        if any(old is not new for old, new in zip(self._network.parameters, arrays, strict=True)):
            self._network = self._network.with_parameters(arrays)
        return self._network.cost(self._inputs, self._targets)


def _gathered(costs: list[Array], like: Array) -> Array:
    """Costs as one array beside ``like``, whether they are numbers or 0-dimensional arrays."""
    xp = array_namespace(like)
    if isinstance(costs[0], int | float | complex | np.number):
        gathered = xp.asarray(np.asarray(costs), device=device(like))
    else:
        gathered = xp.stack(costs)
    if is_complex(like) and not is_complex(gathered):
        raise BadInput(
            "the cost of a complex parameter came out real, so the complex step cannot be used; "
            "take the scheme central"
        )
    return gathered
