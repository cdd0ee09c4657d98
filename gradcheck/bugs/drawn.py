"""What is drawn for planting: a mistake, its layer, and the mini-batch before."""

import hashlib
from collections.abc import Sequence

import numpy as np
from array_api_compat import device

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.planting import Bug, expect_layer, layers_to_plant, may_be_made
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from nets.arrays import array_namespace
from nets.errors import BadInput
from nets.network import Network

__all__ = ["in_turn", "previous_batch", "random_bug"]


def previous_batch(batch: MiniBatch, seed: int) -> MiniBatch:
    """Draw a mini-batch that a backprop may have seen before this one.

    Its arrays have the same shapes: inputs drawn uniformly between the least and the greatest of
    the given inputs, and the given targets, each moved to the next example.
    """
    xp = array_namespace(batch.inputs)
    draws = np.random.default_rng([seed, 2]).random(tuple(batch.inputs.shape))
    uniform = xp.astype(
        xp.asarray(draws, device=device(batch.inputs)), batch.inputs.dtype, copy=False
    )
    least, greatest = xp.min(batch.inputs), xp.max(batch.inputs)
    inputs = least + (greatest - least) * uniform
    return MiniBatch(inputs, xp.roll(batch.targets, 1, axis=1))


def random_bug(
    network: Network, batch: MiniBatch, previous: MiniBatch, seed: int, layer: int | None = None
) -> tuple[Bug, int]:
    """Draw a mistake and a layer in which it changes the gradient.

    Seeds in a row give different mistakes, until each has had its turn.

    Args:
        network: the network.
        batch: the mini-batch.
        previous: the mini-batch before.
        seed: of the draw.
        layer: the layer, if only the mistake is to be drawn.

    Raises:
        BadInput: there is no such layer, or no mistake changes anything there.

    """
    if layer is not None:
        expect_layer(network, layer)
    moments = moments_of(network, batch, previous)
    possible = moments.values() if layer is None else [moments[layer]]
    able = [
        bug.name for bug in BUGS.values() if any(may_be_made(bug, moment) for moment in possible)
    ]
    while able:
        name = in_turn(able, seed)
        layers = layers_to_plant(network, batch, BUGS[name], previous)
        if layer is not None:
            layers = (layer,) if layer in layers else ()
        if layers:
            generator = np.random.default_rng([seed, 3, *name.encode()])
            return BUGS[name], int(generator.choice(layers))
        able.remove(name)
    where = "in this network" if layer is None else f"in layer {layer}"
    raise BadInput(f"no mistake changes anything {where}; use other sizes or a larger mini-batch")


def in_turn(names: Sequence[str], seed: int) -> str:
    """The name whose turn it is: seeds in a row give different names, until each has had its turn.

    Args:
        names: to choose from, at least one, in any order.
        seed: a whole number from 0.

    """
    shuffled = sorted(names, key=lambda name: hashlib.blake2b(name.encode()).digest())
    return shuffled[seed % len(shuffled)]
