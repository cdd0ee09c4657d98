"""A backprop with one step done wrong on purpose, and where a mistake can be planted.

A backprop is a walk from the cost to the first layer, five steps a layer. A ``Bug`` (see
``gradcheck.bugs.zoo``) does one of the steps wrongly: it is handed what the step has at hand, a
``Moment``, and the right result, and gives the wrong one. All later steps go on from there, as in
a real program.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.bugs.backprop_step import COST_STEP, MiniBatch, Moment, moments_of
from nets.arrays import Array, HostArray, to_numpy
from nets.errors import BadInput
from nets.layers import LayerGradients
from nets.network import Network

__all__ = [
    "ROUND_OFF",
    "Bug",
    "Fitted",
    "expect_layer",
    "gradients_with",
    "layers_to_plant",
    "may_be_made",
    "same",
    "same_gradients",
    "wrong_backprop",
]

# What round-off alone may change, relative to the largest entry of an array.
ROUND_OFF = 1e-10


Wrong = Callable[[Moment, Array], Array]
Fitted = Callable[[Moment, HostArray, HostArray], HostArray | None]


def everywhere(moment: Moment) -> bool:
    return True


@dataclass(frozen=True)
class Bug:
    """A mistake that people make in backprop.

    Attributes:
        name: what ``--bug`` calls it.
        says: the mistake, in a student's words.
        step: the step that it spoils; ``COST_STEP`` or one of ``STEPS``.
        wrong: from the moment and the right result to the wrong one.
        looks_like: what the wrong result equals, to go on "the gradient given equals ...".
        hint: a question that leads to the mistake without naming it.
        fits: whether the mistake can be made at a moment at all.
        fitted: for a mistake with an unknown in it (which row, what factor): from the moment, the
            right and the claimed result, on the host, to the wrong result that is most like the
            claim; None if there is none.

    """

    name: str
    says: str
    step: str
    wrong: Wrong
    looks_like: str
    hint: str
    fits: Callable[[Moment], bool] = everywhere
    fitted: Fitted | None = None


def wrong_backprop(
    network: Network, batch: MiniBatch, bug: Bug, layer: int, previous: MiniBatch | None = None
) -> tuple[LayerGradients, ...]:
    """What a backprop returns that makes this mistake in one layer.

    Args:
        network: the network.
        batch: the mini-batch.
        bug: the mistake.
        layer: where, counted from 1; the last one for a mistake in the cost's gradient.
        previous: the mini-batch that went through before, for mistakes that keep something of it.

    Raises:
        BadInput: the mistake cannot be made in that layer.

    """
    expect_layer(network, layer)
    moments = moments_of(network, batch, previous)
    if not may_be_made(bug, moments[layer]):
        raise BadInput(
            f"the mistake {bug.name} cannot be made in layer {layer} of this network: {bug.says}"
        )
    return gradients_with(bug, (layer,), moments)


def expect_layer(network: Network, layer: int) -> None:
    """See that a network has a layer.

    Args:
        network: the network.
        layer: counted from 1.

    Raises:
        BadInput: it has not.

    """
    count = len(network.layers)
    if not 1 <= layer <= count:
        raise BadInput(f"layer {layer} is not there; give one from 1 to {count}")


def gradients_with(
    bug: Bug | None, layers: Collection[int], moments: Mapping[int, Moment]
) -> tuple[LayerGradients, ...]:
    """Walk back through the layers, with a mistake in some of them, or none.

    Args:
        bug: the mistake.
        layers: where, counted from 1.
        moments: of a right backprop, by layer; what they know of forward passes is used.

    """
    gradients: list[LayerGradients] = []
    handed_on: Array = None
    for number in range(len(moments), 0, -1):
        moment = replace(moments[number], downstream=None, gradient_wrt_z=None)
        planted = bug if number in layers else None
        downstream = _done(COST_STEP, moment, planted) if moment.is_last else handed_on
        moment = replace(moment, downstream=downstream)
        gradient_wrt_z = _done("gradient_wrt_z", moment, planted)
        moment = replace(moment, gradient_wrt_z=gradient_wrt_z)
        handed_on = (
            _done("gradient_wrt_upstream_activations", moment, planted) if number > 1 else None
        )
        gradients.append(
            LayerGradients(
                downstream,
                gradient_wrt_z,
                _done("gradient_wrt_weights", moment, planted),
                _done("gradient_wrt_biases", moment, planted),
                handed_on,
            )
        )
    return tuple(reversed(gradients))


def _done(step: str, moment: Moment, planted: Bug | None) -> Array:
    right = moment.right(step)
    return planted.wrong(moment, right) if planted and planted.step == step else right


def may_be_made(bug: Bug, moment: Moment) -> bool:
    """Whether a mistake can be made in the layer of a moment."""
    if bug.step == COST_STEP and not moment.is_last:
        return False
    if bug.step == "gradient_wrt_upstream_activations" and moment.position == 0:
        return False
    return bug.fits(moment)


def layers_to_plant(
    network: Network, batch: MiniBatch, bug: Bug, previous: MiniBatch | None = None
) -> tuple[int, ...]:
    """The layers in which a mistake changes the gradient of some parameter, from 1 on."""
    moments = moments_of(network, batch, previous)
    right = gradients_with(None, (), moments)
    return tuple(
        layer
        for layer, moment in moments.items()
        if may_be_made(bug, moment)
        and not same_gradients(right, gradients_with(bug, (layer,), moments))
    )


def same_gradients(some: Sequence[LayerGradients], others: Sequence[LayerGradients]) -> bool:
    """Whether two backprops found the same gradients of all parameters, to round-off."""
    return all(
        same(to_numpy(getattr(one, step)), to_numpy(getattr(other, step)))
        for one, other in zip(some, others, strict=True)
        for step in ("gradient_wrt_weights", "gradient_wrt_biases")
    )


def same(some: HostArray, other: HostArray, tolerance: float = ROUND_OFF) -> bool:
    """Whether two arrays are the same, but for a part of their largest entry."""
    largest = max(np.max(np.abs(some), initial=0.0), np.max(np.abs(other), initial=0.0))
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(some - other) <= tolerance * largest))
