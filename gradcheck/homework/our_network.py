"""One of our networks that computes what a student's class computes, if there is one.

The class is a black box; but most are fully connected networks with the activations and costs that
are known here. One that costs the same on the same mini-batch with the same parameters is a twin:
what is wrong with the student's gradients can be found out on it.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import product

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import (
    diagnose,
)
from gradcheck.homework.parameters import slots_of
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.what_to_mend import (
    Diagnosis,
)
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["diagnosed_on_a_twin"]

# Two ways of computing one cost come out as close as this.
SAME_COST = 1e-9


def diagnosed_on_a_twin(
    sizes: Sequence[int],
    values: Sequence[HostArray],
    gradients: Sequence[HostArray],
    batch: MiniBatch,
    cost: float,
    report: Report,
) -> Diagnosis | None:
    """Diagnose the gradients of a class on a network of ours that computes the same.

    Args:
        sizes: of the network.
        values: its parameters, as the class keeps them.
        gradients: those that it claims, in the same shapes.
        batch: the mini-batch.
        cost: what the class makes of it, the mean over the examples.
        report: what the check of the claims found.

    Returns:
        None if nothing disagrees or there is no such network.

    """
    for transposed in (False, True):
        parameters = _in_book_shapes(sizes, values, transposed=transposed)
        for twin in _networks(parameters):
            if math.isclose(float(twin.cost(batch.inputs, batch.targets)), cost, rel_tol=SAME_COST):
                claims = _in_book_shapes(sizes, gradients, transposed=transposed)
                return diagnose(report, ClaimedBackprop.of(twin, batch, claims))
    return None


def _in_book_shapes(
    sizes: Sequence[int], arrays: Sequence[HostArray], *, transposed: bool
) -> list[HostArray]:
    """The arrays as the book has them; a square one is read as it is, or as the transpose."""
    shaped = []
    for slot, array in zip(slots_of(sizes), arrays, strict=True):
        n_down, n_up = slot.book_shape
        square = array.ndim == 2 and n_down == n_up
        if (square and transposed) or (not square and array.shape == (n_up, n_down)):
            array = array.T
        shaped.append(array.reshape(slot.book_shape))
    return shaped


def _networks(parameters: Sequence[HostArray]) -> Iterator[Network]:
    """Every activation in the hidden layers, every one in the last, every cost."""
    weights, biases = parameters[0::2], parameters[1::2]
    for hidden, cost in product(ACTIVATIONS.values(), COSTS.values()):
        fused = cost.fused_activation is not None
        for last in (ACTIVATIONS["identity"],) if fused else ACTIVATIONS.values():
            if len(weights) == 1 and hidden is not last:
                continue
            functions = [*(hidden for _ in weights[1:]), last]
            layers = map(DenseLayer, weights, biases, functions)
            yield Network(tuple(layers), cost)
