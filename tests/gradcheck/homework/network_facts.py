"""Facts about a class that holds the arrays of a network, and looks at it, without a process."""

from collections.abc import Sequence
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.look import Look
from gradcheck.homework.slots import slots_of
from nets.arrays import HostArray, to_numpy
from nets.layers import parameter_gradients
from nets.network import Network

__all__ = ["facts_of", "gradients_of", "look_of"]


def facts_of(values: Sequence[HostArray], sizes: Sequence[int], batch: MiniBatch) -> PartFacts:
    """The facts about a class that holds these values."""
    named = tuple(
        NamedArray(slot.name, value, slot)
        for slot, value in zip(slots_of(sizes), values, strict=True)
    )
    return PartFacts("Network", named, [], None, (), False, "", True, 1, {}, (), batch=batch)


def gradients_of(network: Network, batch: MiniBatch) -> list[HostArray]:
    """The right gradients of the weights and biases of each layer."""
    found = parameter_gradients(network.backprop(batch.inputs, batch.targets))
    return [to_numpy(each) for each in found]


def look_of(network: Network, batch: MiniBatch, claims: Sequence[HostArray] | None = None) -> Look:
    """A look at a class that is this network; by default it claims the right gradients."""
    facts = facts_of([to_numpy(each) for each in network.parameters], network.sizes, batch)
    gradients = gradients_of(network, batch) if claims is None else claims
    engine: Any = OneByOne.of_network(network, batch.inputs, batch.targets)
    return Look(facts, Candidate("as it is", False, None, tuple(gradients)), engine)
