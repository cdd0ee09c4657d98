"""What a mistake in backprop is, and how one is planted.

A ``Bug`` does one step of backprop wrong: it is given what the step can use, a ``Moment``, and the
right result, and it gives the wrong one. All later steps go on from the wrong result, as they do
in a real program.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch, Moment, expect_mini_batch
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.walk_back import moments_of, walked_back
from nets.arrays import Array, HostArray, to_numpy
from nets.checked_examples import expect_network
from nets.errors import BadInput, expect_function, expect_one_of, in_one_line, is_whole
from nets.layers import LayerGradients, parameter_gradients
from nets.network import Network

__all__ = [
    "ROUND_OFF",
    "Bug",
    "Fitted",
    "equal_gradients",
    "equal_to_rounding",
    "expect_layer",
    "gradients_with",
    "layers_to_plant",
    "may_be_made",
    "wrong_backprop",
]

# Two float64 backprops may differ by this part of an array's largest entry and still count as
# equal. Adding in another order mostly changes less than 1e-13 of it, and more in a saturated
# network, where large terms cancel. A larger value would overlook mistakes that change little.
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
        says: the mistake in a sentence that a student understands.
        step: the name of the step that it does wrong, one of ``CHAIN_RULE``.
        wrong: from the moment and the right result to the wrong result, of the same shape.
        looks_like: what the wrong result equals, to follow "gradient_wrt_z equals".
        hint: a question that leads to the mistake without naming it.
        fits: whether the mistake can be made in the layer of a moment.
        fitted: for a mistake with an unknown in it (which row, which factor): from the moment, the
            right result and the claimed result, all on the host, to the wrong result that is
            nearest to the claim; None if there is none.

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
    """What a backprop returns that makes a mistake in one layer.

    Args:
        network: the network.
        batch: the mini-batch.
        bug: the mistake.
        layer: where it is made, counted from 1; a mistake in the derivative of the cost is made in
            the last layer.
        previous: the mini-batch before, for mistakes that keep something of it.

    Returns:
        The gradients of every layer, upstream to downstream.

    Raises:
        BadInput: the mistake cannot be made in that layer.

    """
    expect_network(network)
    expect_layer(network, layer)
    expect_mini_batch("batch", batch, network)
    if previous is not None:
        expect_mini_batch("previous", previous, network)
    if not isinstance(bug, Bug):
        raise BadInput(f"the bug is a {type(bug).__name__}; give a gradcheck.Bug, one of BUGS")
    expect_function("wrong of the bug", bug.wrong)
    expect_function("fits of the bug", bug.fits)
    expect_one_of("the bug's step", bug.step, CHAIN_RULE)
    moments = moments_of(network, batch, previous)
    if not may_be_made(bug, moments[layer]):
        raise BadInput(
            f"the mistake {bug.name} cannot be made in layer {layer} of this network: {bug.says}"
        )
    return gradients_with(bug, (layer,), moments)


def expect_layer(network: Network, layer: int) -> None:
    """Check that a network has a layer.

    Args:
        network: the network.
        layer: counted from 1.

    Raises:
        BadInput: the network does not have that layer.

    """
    count = len(network.layers)
    if not is_whole(layer) or not 1 <= layer <= count:
        those = "only layer 1" if count == 1 else f"the layers 1 to {count}"
        raise BadInput(f"there is no layer {in_one_line(layer)}: this network has {those}")


def gradients_with(
    bug: Bug | None, layers: Collection[int], moments: Mapping[int, Moment]
) -> tuple[LayerGradients, ...]:
    """What a backprop returns that makes a mistake in some layers, or none.

    Args:
        bug: the mistake; None for a right backprop.
        layers: where it is made, counted from 1.
        moments: by layer; only what they know of the forward pass is used.

    Returns:
        The gradients of every layer, upstream to downstream.

    """

    def result(moment: Moment, name: str) -> Array:
        right = CHAIN_RULE[name].right(moment)
        if bug is None or bug.step != name or moment.number not in layers:
            return right
        wrong = bug.wrong(moment, right)
        if not hasattr(wrong, "shape"):
            raise BadInput(
                f"the bug {bug.name} makes a {type(wrong).__name__} of {name}; it should make an "
                "array of it"
            )
        return wrong

    return walked_back(moments, result)


def may_be_made(bug: Bug, moment: Moment) -> bool:
    """Whether a mistake can be made in the layer of a moment."""
    last = len(moment.network.layers)
    return CHAIN_RULE[bug.step].is_taken(moment.number, last) and bug.fits(moment)


def layers_to_plant(
    network: Network, batch: MiniBatch, bug: Bug, previous: MiniBatch | None = None
) -> tuple[int, ...]:
    """The layers, from 1, in which a mistake changes the gradient of some parameter."""
    moments = moments_of(network, batch, previous)
    right = gradients_with(None, (), moments)
    return tuple(
        layer
        for layer, moment in moments.items()
        if may_be_made(bug, moment)
        and not equal_gradients(right, gradients_with(bug, (layer,), moments))
    )


def equal_gradients(some: Sequence[LayerGradients], others: Sequence[LayerGradients]) -> bool:
    """Whether two backprops found the same gradients of all parameters, up to rounding."""
    pairs = zip(parameter_gradients(some), parameter_gradients(others), strict=True)
    return all(equal_to_rounding(to_numpy(one), to_numpy(other)) for one, other in pairs)


def equal_to_rounding(some: HostArray, other: HostArray, tolerance: float = ROUND_OFF) -> bool:
    """Whether no entry of two arrays of the same shape differs by more than rounding.

    Args:
        some: an array.
        other: another.
        tolerance: what rounding may change, as a part of the largest entry of both.

    >>> equal_to_rounding(np.array([1.0, 0.0]), np.array([1.0, 1e-11]))
    True

    """
    largest = max(np.max(np.abs(some), initial=0.0), np.max(np.abs(other), initial=0.0))
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(some - other) <= tolerance * largest))
