"""What a class should compute: a network of ours with the class's own weights.

A class can make any gradient right: it only has to compute a cost that has this gradient. So the
lecturer may say which network the class should be. Then our own network is given the class's
parameters, here in our process, and both must come to the same costs: as the parameters are, and
when some of them are moved.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.homework.facts import PartFacts
from gradcheck.homework.our_network import in_book_shapes
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.slots import Slot
from gradcheck.homework.submission_processes import SubmissionProcesses
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["Reference", "difference", "moved_costs"]

# Two ways to compute one cost differ by rounding, and by a guard such as log(a + 1e-8) in it. Two
# different costs of the same output are hardly ever this close.
SAME_COST = 1e-6
PROBES = 6  # entries of each array that are moved, each alone
STEP = 0.1  # by which they are moved: far enough that the cost changes by more than SAME_COST


@dataclass(frozen=True)
class Reference:
    """A fully connected network.

    Attributes:
        hidden: the name of the activation of the hidden layers.
        output: that of the last layer.
        cost: the name of the cost.

    """

    hidden: str
    output: str
    cost: str

    def network(self, weights: Sequence[HostArray], biases: Sequence[HostArray]) -> Network:
        """Our network with these parameters.

        Args:
            weights: (n_downstream, n_upstream) of each layer.
            biases: (n_downstream, 1) of each layer.

        """
        names = [*(self.hidden for _ in weights[1:]), self.output]
        layers = map(DenseLayer, weights, biases, (ACTIVATIONS[name] for name in names))
        return Network(tuple(layers), COSTS[self.cost])

    def unlike(self, facts: PartFacts, processes: SubmissionProcesses, seed: int) -> str:
        """Why a part does not compute what this network does; empty if it does.

        Args:
            facts: about the part.
            processes: that compute its cost.
            seed: chooses the entries that are moved.

        Raises:
            StudentError: its cost cannot be computed.

        """
        if facts.batch is None or not _are_layers(facts):
            return "it is no network with weights and biases in layers"
        cost = self.cost if facts.guessed and facts.has_other_costs else None
        engine = ProcessEngine(processes.opened[:1], facts.values, cost=cost)
        theirs = [engine.base_cost, *moved_costs(engine, facts, seed)]
        first = ""
        for transposed in (False, True):
            ours = _our_costs(self, facts, seed, transposed=transposed)
            factor = _factor(facts, theirs[0], ours[0])
            unlike = difference(theirs, [factor * each for each in ours], "the reference")
            if not unlike:
                return ""
            first = first or unlike
        return first


def difference(theirs: Sequence[float], ours: Sequence[float], whose: str) -> str:
    """How the costs of a submission differ from those that they should be; empty if they do not.

    Args:
        theirs: of the submission: as its arrays are, then with some entries moved, each alone.
        ours: with the same arrays, in the same order.
        whose: the latter are, such as ``the reference``.

    >>> difference([1.0, 2.0], [1.0, 3.0], "the solution")
    'its cost changes in another way than that of the solution when an entry is moved'

    """
    alike = [math.isclose(a, b, rel_tol=SAME_COST) for a, b in zip(theirs, ours, strict=True)]
    if all(alike):
        return ""
    if alike[0]:
        return f"its cost changes in another way than that of {whose} when an entry is moved"
    return f"its cost is {theirs[0]:.6g}, that of {whose} with the same arrays {ours[0]:.6g}"


def _factor(facts: PartFacts, theirs: float, ours: float) -> float:
    """What the class's cost may be multiplied by: the number of examples, where it is a sum."""
    size = facts.batch_size
    return float(size) if math.isclose(theirs, size * ours, rel_tol=SAME_COST) else 1.0


def _probes(facts: PartFacts, seed: int) -> list[HostArray]:
    """The positions of the entries of each array that are moved."""
    generator = np.random.default_rng(seed)
    return [
        generator.choice(value.size, min(PROBES, value.size), replace=False)
        for value in facts.values
    ]


def moved_costs(
    engine: ProcessEngine, facts: PartFacts, seed: int, places: Sequence[int] | None = None
) -> list[float]:
    """The costs with some entries of each array moved, each alone.

    Args:
        engine: computes them.
        facts: about the part; they and the seed decide which entries.
        seed: see there.
        places: for each array its position in the engine; None for the same.

    """
    found: list[float] = []
    for which, some in enumerate(_probes(facts, seed)):
        place = which if places is None else places[which]
        changes = engine.cost_changes(place, some, np.full(len(some), STEP), (1.0,))
        found += [float(each) for each in engine.base_cost + changes[0].real]
    return found


def _are_layers(facts: PartFacts) -> bool:
    """Whether the arrays are the weights and biases of layers 1, 2, ..., in any order."""
    places = sorted(_place(each.slot) for each in facts.arrays if each.slot is not None)
    expected = [(1 + k // 2, k % 2) for k in range(len(facts.arrays))]
    return bool(places) and places == expected


def _place(slot: Slot) -> tuple[int, int]:
    return slot.layer, 0 if slot.is_weights else 1


def _our_costs(
    reference: Reference, facts: PartFacts, seed: int, *, transposed: bool
) -> list[float]:
    """The cost of our network as its parameters are, then with each of these entries moved."""
    values = facts.values
    moved = [values]
    for which, some in enumerate(_probes(facts, seed)):
        for position in some:
            array = values[which].copy()
            array.reshape(-1)[position] += STEP
            moved.append([*values[:which], array, *values[which + 1 :]])
    slots = [each.slot for each in facts.arrays if each.slot is not None]
    order = sorted(range(len(slots)), key=lambda k: _place(slots[k]))
    found = []
    assert facts.batch is not None
    for each in moved:
        shaped = in_book_shapes(
            [slots[k] for k in order], [each[k] for k in order], transposed=transposed
        )
        network = reference.network(shaped[0::2], shaped[1::2])
        found.append(float(network.cost(facts.batch.inputs, facts.batch.targets)))
    return found
