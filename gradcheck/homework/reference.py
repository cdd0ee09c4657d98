"""What a class should compute: a network of ours with the class's own weights.

A class can make any gradient right: it only has to compute a cost that has this gradient. So the
lecturer may say which network the class should be. Then our own network gets the parameters of the
class, here in our process, and both must compute the same costs: with the parameters as they are,
and with some of them moved.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.homework.facts import PartFacts
from gradcheck.homework.our_network import in_book_shapes
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.slopes_alike import slopes_by_differences, unlike_slopes
from gradcheck.homework.slots import Slot
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT
from gradcheck.verdicts.report import Report
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["Likeness", "Reference", "difference", "likeness", "moved_costs"]

# Two ways to compute one cost differ by rounding, and by a guard such as log(a + 1e-8) in it. Two
# different costs of the same output are hardly ever this close.
SAME_COST = 1e-6
PROBES = 6  # entries of each array that are moved, each alone
STEP = 0.1  # by which they are moved: far enough that the cost changes by more than SAME_COST


@dataclass(frozen=True)
class Likeness:
    """Whether the costs of a submission are those that they should be.

    Attributes:
        unlike: why they are not; empty if they are.
        remark: on what is unusual about them, even so; empty if nothing is.
        factor: by which its costs are larger.

    """

    unlike: str = ""
    remark: str = ""
    factor: float = 1.0


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

    def likeness(
        self, facts: PartFacts, processes: SubmissionProcesses, report: Report, seed: int
    ) -> Likeness:
        """Whether a part computes what this network does.

        Args:
            facts: about the part.
            processes: that compute its cost.
            report: with the slopes of its cost that were measured.
            seed: chooses the entries that are moved.

        Raises:
            StudentError: its cost cannot be computed.

        """
        if facts.batch is None or not _are_layers(facts):
            return Likeness("it is no network with weights and biases in layers")
        cost = self.cost if facts.guessed and facts.has_other_costs else None
        engine = ProcessEngine(processes.opened[:1], facts.values, cost=cost)
        theirs = [engine.base_cost, *moved_costs(engine, facts, seed)]
        found = []
        for transposed in (False, True):
            ours = _our_costs(self, facts, seed, transposed=transposed)
            found.append(likeness(theirs, ours, facts, "the reference"))
            if not found[-1].unlike:
                return self._in_the_check(found[-1], facts, report, seed, transposed=transposed)
        return found[0]

    def _in_the_check(
        self, found: Likeness, facts: PartFacts, report: Report, seed: int, *, transposed: bool
    ) -> Likeness:
        """The same, unless the measured slopes are those of something else."""
        if facts.guessed and facts.cost != self.cost:
            return found  # they are the slopes of another cost of its output
        slopes = slopes_by_differences(
            lambda values: _our_cost(self, facts, values, transposed=transposed), facts.values
        )
        unlike = unlike_slopes(report, slopes, "the reference", seed, factor=found.factor)
        return Likeness(unlike) if unlike else found


def difference(theirs: Sequence[float], ours: Sequence[float], whose: str) -> str:
    """How the costs of a submission differ from what they should be; empty if they do not.

    Args:
        theirs: of the submission: as its arrays are, then with some entries moved, each alone.
        ours: with the same arrays, in the same order.
        whose: costs ``ours`` are, such as ``the reference``.

    >>> difference([1.0, 2.0], [1.0, 3.0], "the solution")
    'its cost changes in another way than that of the solution when an entry is moved'

    """
    alike = [math.isclose(a, b, rel_tol=SAME_COST) for a, b in zip(theirs, ours, strict=True)]
    if all(alike):
        return ""
    if alike[0]:
        return f"its cost changes in another way than that of {whose} when an entry is moved"
    return f"its cost is {theirs[0]:.6g}, that of {whose} with the same arrays {ours[0]:.6g}"


def likeness(
    theirs: Sequence[float], ours: Sequence[float], facts: PartFacts, whose: str
) -> Likeness:
    """How the costs of a network compare with those that they should be.

    A cost that a class defines itself, and that is a positive constant times another, is another
    convention: its gradients are those of the other one, times the constant.

    Args:
        theirs: see ``difference``.
        ours: likewise.
        facts: about the part.
        whose: see ``difference``.

    """
    unlike = difference(theirs, ours, whose)
    defines_its_cost = facts.batch is not None and facts.cost not in COSTS_OF_OUTPUT
    if not unlike or not ours[0] or not defines_its_cost:
        return Likeness(unlike)
    factor = theirs[0] / ours[0]
    if factor <= 0.0 or difference(theirs, [factor * each for each in ours], whose):
        return Likeness(unlike)
    return Likeness(
        remark=f"Its cost is {factor:.6g} times that of {whose}. That is another convention, and "
        "no mistake.",
        factor=factor,
    )


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
    return [_our_cost(reference, facts, each, transposed=transposed) for each in moved]


def _our_cost(
    reference: Reference, facts: PartFacts, values: Sequence[HostArray], *, transposed: bool
) -> float:
    """The cost of our network with these numbers in its parameters."""
    slots = [each.slot for each in facts.arrays if each.slot is not None]
    order = sorted(range(len(slots)), key=lambda k: _place(slots[k]))
    assert facts.batch is not None
    shaped = in_book_shapes(
        [slots[k] for k in order], [values[k] for k in order], transposed=transposed
    )
    network = reference.network(shaped[0::2], shaped[1::2])
    return float(network.cost(facts.batch.inputs, facts.batch.targets))
