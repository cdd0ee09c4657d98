"""The mistake in the first wrong layer on the way back, from claims and slopes at single examples.

The claims of one example in one layer are dC/dz (biases) and dC/dz times the upstream activations
(weights). So they show which dC/dz was used. In the first wrong layer what arrives from downstream
is right. So each mistake tells which numbers it would give there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.delta_mistakes import (
    Predicted,
    hidden_mistakes,
    slopes_of,
    through_weights,
)
from gradcheck.diagnosis.layer_by_example import ALIKE, LayerByExample, alike, is_smooth
from gradcheck.diagnosis.output_mistakes import output_mistakes
from nets.arrays import HostArray

__all__ = ["WrongLayer", "wrong_layer"]

# An unknown derivative differs from random numbers in two ways: it is a smooth function of z, and
# it is nowhere negative, at this many entries at least.
ENOUGH_ENTRIES = 8

# Neurons with negative z, over all examples, that tell that ReLU switches them off. Fewer may have
# a gradient of 0 by chance. Chosen.
ENOUGH_OFF = 4


@dataclass(frozen=True)
class WrongLayer:
    """The first wrong layer on the way back.

    Attributes:
        number: of the layer, counted from 1.
        parameters: which of its gradients are wrong: ``weights``, ``biases``, or both.
        explanation: the mistake; None if no known one fits.

    """

    number: int
    parameters: tuple[str, ...]
    explanation: Explanation | None


def wrong_layer(layers: Sequence[LayerByExample], targets: HostArray | None) -> WrongLayer | None:
    """Find the first wrong layer on the way back, and the mistake that is made there.

    Args:
        layers: of the network, from the first to the last, all at the same k examples.
        targets: (k, n_output) of these examples; None if they are not known.

    Returns:
        None if every layer is right at these examples.

    """
    for position in reversed(range(len(layers))):
        layer = layers[position]
        is_right = {"biases": layer.biases_right, "weights": layer.weights_right}
        wrong = tuple(name for name, right in is_right.items() if not right)
        if wrong:
            found = _explanation(layers, position, wrong, targets)
            return WrongLayer(layer.number, wrong, found)
    return None


def _explanation(
    layers: Sequence[LayerByExample],
    position: int,
    wrong: Sequence[str],
    targets: HostArray | None,
) -> Explanation | None:
    layer = layers[position]
    claimed = layer.claimed_biases if "biases" in wrong else layer.used
    if claimed is None:
        return _other_activations(layers, position)
    if len(wrong) == 2 and not alike(layer.product(claimed), layer.claimed_weights):
        return None  # two different mistakes
    if not np.any(claimed):
        return None
    if position == len(layers) - 1:
        found = output_mistakes(layer, targets)
    else:
        found = hidden_mistakes(layers, position)
    explanation = _first_alike(found, claimed, layer.right)
    if explanation is None and position < len(layers) - 1:
        return _never_switched_off(layer, claimed) or _some_derivative(
            layer, layers[position + 1], claimed
        )
    return explanation


def _first_alike(
    found: Iterator[Predicted], claimed: HostArray, right: HostArray
) -> Explanation | None:
    """The first mistake that gives the claimed numbers, if it would not give the right ones."""
    for each in found:
        if alike(each.claim, claimed) and not alike(each.claim, right):
            return each.explanation
    return None


def _other_activations(layers: Sequence[LayerByExample], position: int) -> Explanation | None:
    """Weights whose gradient was computed with other numbers than the upstream activations."""
    layer = layers[position]
    right = layer.right
    others = [
        (
            np.ones_like(layer.upstream),
            "upstream-activations-missing",
            "The gradient is not multiplied by the upstream activations, or by 1 instead.",
        )
    ]
    if position:
        z = layers[position - 1].z
        says = "It is computed with z of the layer before instead of its activations."
        others.append((z, "z-for-activations", says))
    for numbers, name, says in others:
        if alike(right[:, :, None] * numbers[:, None, :], layer.claimed_weights):
            return Explanation(name, says)
    return None


def _any(some: HostArray, of: HostArray) -> bool:
    """Whether some numbers are not 0, but for the error of the slopes of all of them."""
    return bool(np.any(np.abs(some) > ALIKE * np.max(np.abs(of))))


def _never_switched_off(layer: LayerByExample, claimed: HostArray) -> Explanation | None:
    """ReLU's derivative taken as 1 everywhere, where something else, as dropout, is right."""
    off = layer.z < 0.0
    if (
        np.count_nonzero(off) < ENOUGH_OFF
        or _any(layer.right[off], layer.right)
        or not _any(claimed[off], claimed)
    ):
        return None
    if not alike(np.where(off, 0.0, claimed), layer.right):
        return None
    return Explanation(
        "relu-derivative-one",
        f"In layer {layer.number} ReLU's derivative is taken as 1 everywhere, but it is 0 where z "
        "is negative.",
    )


def _some_derivative(
    layer: LayerByExample, downstream: LayerByExample, claimed: HostArray
) -> Explanation | None:
    """That a derivative was used that is not the right one, but behaves like one.

    It is never negative where the right one is not; it is not the same for all examples of a
    neuron; and it depends on z in a smooth way. Wrong weights on the way back would give numbers of
    both signs.
    """
    slope = slopes_of(layer, downstream)
    if slope is None:
        return None
    used = claimed / through_weights(downstream)
    least = -ALIKE * float(np.max(np.abs(used)))
    if np.any(slope < -ALIKE) or np.any(used < least) or len(used) < 2:
        return None
    # Constant factors of the neurons, such as batch norm's, belong to no activation function.
    if alike(used, used[:1] + 0.0 * used) or alike(used * slope[:1], slope * used[:1]):
        return None
    if np.count_nonzero(used > -least) < ENOUGH_ENTRIES:
        return None
    if not is_smooth(used, layer.z):
        return None
    return Explanation(
        "wrong-activation-derivative",
        f"In layer {layer.number} the derivative of the activation function is wrong: it was taken "
        f"to be {float(np.min(used)):.3g} to {float(np.max(used)):.3g}, and it is "
        f"{float(np.min(slope)):.3g} to {float(np.max(slope)):.3g}.",
    )
