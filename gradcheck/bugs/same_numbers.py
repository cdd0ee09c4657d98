"""Mistakes that give the same numbers as another one: both are right answers."""

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.planting import Bug, equal_gradients, gradients_with, may_be_made
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from nets.network import Network

__all__ = ["same_numbers"]


def same_numbers(
    network: Network, batch: MiniBatch, bug: Bug, layer: int, previous: MiniBatch | None = None
) -> tuple[str, ...]:
    """The other mistakes of the same step that give the same gradients of all parameters.

    Args:
        network: the network.
        batch: the mini-batch.
        bug: the mistake.
        layer: where it is made, counted from 1.
        previous: the mini-batch before.

    Returns:
        Their names, in the order of the zoo.

    """
    moments = moments_of(network, batch, previous)
    planted = gradients_with(bug, (layer,), moments)
    return tuple(
        other.name
        for other in BUGS.values()
        if other.step == bug.step
        and other != bug
        and may_be_made(other, moments[layer])
        and equal_gradients(planted, gradients_with(other, (layer,), moments))
    )
