"""What a mistake makes of dC/dz in one layer: each gives the numbers that would be claimed.

All arrays have a row for an example and a column for a neuron of the layer, (k, n_down).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.known_functions import KNOWN_FUNCTIONS, WRONG_SLOPES
from gradcheck.diagnosis.layer_by_example import LayerByExample, alike, is_smooth
from nets.arrays import HostArray

__all__ = ["Predicted", "hidden_mistakes", "slopes_of", "through_weights"]

# dC/da below this part of its largest entry is too small to divide by: an error of 1e-10 of
# the largest entry, as central differences make, would be 1e-4 of the quotient.
TOO_SMALL = 1e-6


@dataclass(frozen=True, eq=False)
class Predicted:
    """What a mistake makes of dC/dz.

    Attributes:
        claim: (k, n_down) the numbers that it gives.
        explanation: the mistake.

    """

    claim: HostArray
    explanation: Explanation


def through_weights(downstream: LayerByExample) -> HostArray:
    """The right dC/da of the layer before, (k, n_up)."""
    return np.asarray(downstream.right @ downstream.weights)


def slopes_of(layer: LayerByExample, downstream: LayerByExample) -> HostArray | None:
    """The derivative of the activation function of a hidden layer, (k, n_down), as measured.

    Args:
        layer: the hidden layer.
        downstream: the next one.

    Returns:
        None if dC/da is too small somewhere to divide by.

    """
    back = through_weights(downstream)
    if not np.all(np.abs(back) > TOO_SMALL * np.max(np.abs(back), initial=0.0)):
        return None
    return np.asarray(layer.right / back)


def hidden_mistakes(layers: Sequence[LayerByExample], position: int) -> Iterator[Predicted]:
    """The mistakes that are made between a hidden layer and the next one.

    Args:
        layers: all of the network.
        position: of the hidden layer among them.

    """
    layer, downstream = layers[position], layers[position + 1]
    back, slope = through_weights(downstream), slopes_of(layer, downstream)
    here = f"In layer {layer.number}"
    yield Predicted(
        back,
        Explanation(
            "missing-activation-derivative",
            f"{here} the gradient is not multiplied by the derivative of the activation function.",
        ),
    )
    yield from _other_slopes(layer, downstream, back, here)
    yield Predicted(
        np.maximum(back, 0.0),
        Explanation(
            "wrong-activation-derivative",
            f"{here} the gradient is set to 0 where it is negative itself, not where z is.",
        ),
    )
    if slope is None:
        return
    yield Predicted(
        back * slope**2,
        Explanation(
            "derivative-twice",
            f"{here} the gradient is multiplied by the derivative of the activation function "
            "twice.",
        ),
    )
    yield from _other_ways_back(layers, position, slope)


def _other_slopes(
    layer: LayerByExample, downstream: LayerByExample, back: HostArray, here: str
) -> Iterator[Predicted]:
    """Derivatives at the activation, of other functions, and formulas that are none."""
    z, a = layer.z, downstream.upstream
    with np.errstate(all="ignore"):
        own = [each for each in KNOWN_FUNCTIONS if alike(each.value(z), a)]
        if not own and not is_smooth(a, z):
            return  # with dropout, for example, a is no function of z
        for each in own[:1]:
            says = f"{here} the derivative is taken at the activation a instead of at z."
            yield Predicted(back * each.slope(a), Explanation("derivative-at-activation", says))
        for each in KNOWN_FUNCTIONS:
            says = f"{here} the derivative is that of another activation function: {each.name}."
            other = Explanation("derivative-of-another-function", says)
            if not own or each is not own[0]:
                yield Predicted(back * each.slope(z), other)
        for wrong in WRONG_SLOPES:
            if own and alike(wrong.of(z, a), own[0].slope(z)):
                continue
            says = (
                f"{here} the derivative of the activation function is wrong: the numbers are those "
                f"of {wrong.text}, where a is the activation."
            )
            found = Explanation("wrong-activation-derivative", says)
            yield Predicted(back * wrong.of(z, a), found)


def _other_ways_back(
    layers: Sequence[LayerByExample], position: int, slope: HostArray
) -> Iterator[Predicted]:
    """Gradients that came back through other weights, or that left out a derivative before."""
    layer, downstream = layers[position], layers[position + 1]
    there = f"Between layer {downstream.number} and layer {layer.number}"
    if downstream.weights.shape[0] == downstream.weights.shape[1]:
        says = f"{there} the weights are not transposed on the way back; the matrix is square."
        claim = (downstream.right @ downstream.weights.T) * slope
        yield Predicted(claim, Explanation("weights-not-transposed", says))
    for other in layers:
        if other is not downstream and other.weights.shape == downstream.weights.shape:
            says = f"{there} the weights of layer {other.number} are used on the way back."
            claim = (downstream.right @ other.weights) * slope
            yield Predicted(claim, Explanation("wrong-layers-weights", says))
    says = (
        f"{there} the gradient that is passed back is not multiplied by the derivative of the "
        f"activation function of layer {downstream.number}."
    )
    skipped = Explanation("missing-activation-derivative", says)
    for before in _without_derivative(layers, position + 1):
        passed = before @ downstream.weights
        yield Predicted(passed * slope, skipped)
        yield Predicted(passed, skipped)


def _without_derivative(layers: Sequence[LayerByExample], position: int) -> Iterator[HostArray]:
    """dC/da of a layer itself: of the last one, for each activation function that it may have."""
    if position < len(layers) - 1:
        yield through_weights(layers[position + 1])
        return
    last = layers[position]
    with np.errstate(all="ignore"):
        for each in KNOWN_FUNCTIONS:
            yield last.right / each.slope(last.z)
