"""One of our networks that computes the same cost as a student's class, if there is one.

The class is a black box. But most classes are fully connected networks with activations and costs
that are known here. If one of our networks has the same cost on the same mini-batch with the same
parameters, we look for the student's mistake with our network.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import product

from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import (
    diagnose,
)
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.near import ROUNDING_ALONE
from gradcheck.homework.slots import Slot
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["diagnose_on_our_network", "in_book_shapes"]


def diagnose_on_our_network(
    facts: PartFacts, gradients: Sequence[HostArray], report: Report
) -> Diagnosis | None:
    """Find the first wrong step and the likely mistake, on one of our networks with the same cost.

    Args:
        facts: about the part; only one whose arrays all have a slot, and whose mini-batch is known,
            can be such a network.
        gradients: those that it claims, in the order and shapes of its arrays.
        report: what the check of the claims found.

    Returns:
        None if nothing disagrees, or if there is no such network.

    """
    slots = [array.slot for array in facts.arrays if array.slot is not None]
    batch = facts.batch
    if batch is None or not _are_layers(slots, len(facts.arrays)):
        return None
    for transposed in (False, True):
        parameters = in_book_shapes(slots, facts.values, transposed=transposed)
        for network in _networks(parameters):
            ours = float(network.cost(batch.inputs, batch.targets))
            if math.isclose(ours, report.cost, rel_tol=ROUNDING_ALONE):
                claims = in_book_shapes(slots, gradients, transposed=transposed)
                return diagnose(report, ClaimedBackprop.of(network, batch, claims))
    return None


def _are_layers(slots: Sequence[Slot], arrays: int) -> bool:
    """Whether the arrays are the weights and biases of layer 1, then of layer 2, and so on."""
    expected = [(1 + k // 2, ("weights", "biases")[k % 2]) for k in range(arrays)]
    return [(slot.layer, slot.parameter) for slot in slots] == expected


def in_book_shapes(
    slots: Sequence[Slot], arrays: Sequence[HostArray], *, transposed: bool
) -> list[HostArray]:
    """The arrays in the book's shapes.

    Args:
        slots: of the arrays.
        arrays: in the order of the slots.
        transposed: whether to transpose square arrays too; their shape does not say it.

    """
    shaped = []
    for slot, array in zip(slots, arrays, strict=True):
        n_down, n_up = slot.book_shape
        square = array.ndim == 2 and n_down == n_up
        if (square and transposed) or (not square and array.shape == (n_up, n_down)):
            array = array.T
        shaped.append(array.reshape(slot.book_shape))
    return shaped


def _networks(parameters: Sequence[HostArray]) -> Iterator[Network]:
    """All networks of one activation in the hidden layers and one in the last, with each cost."""
    weights, biases = parameters[0::2], parameters[1::2]
    for hidden, cost in product(ACTIVATIONS.values(), COSTS.values()):
        fused = cost.fused_activation is not None
        for last in (ACTIVATIONS["identity"],) if fused else ACTIVATIONS.values():
            if len(weights) == 1 and hidden is not last:
                continue  # there is no hidden layer: each last activation comes once
            functions = [*(hidden for _ in weights[1:]), last]
            yield Network(tuple(map(DenseLayer, weights, biases, functions)), cost)
