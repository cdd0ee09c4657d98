"""What a mistake makes of dC/dz in the last layer, whose activation function is not known.

No slope of a parameter shows the output itself. So each activation function that is known is tried:
a mistake is found if it gives the claimed numbers with one of them.
"""

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.delta_mistakes import Predicted
from gradcheck.diagnosis.known_functions import KNOWN_FUNCTIONS, WRONG_SLOPES
from gradcheck.diagnosis.layer_by_example import LayerByExample, alike
from nets.arrays import HostArray

__all__ = ["output_mistakes"]

MISSING = Explanation(
    "missing-activation-derivative",
    "In the last layer the gradient is not multiplied by the derivative of the activation "
    "function.",
)
TWICE = Explanation(
    "derivative-twice",
    "In the last layer the gradient is multiplied by the derivative of the activation function "
    "once too often.",
)
NO_ACTIVATION = Explanation(
    "output-activation-missing",
    "In the last layer the difference between z and the targets is used: z did not go through the "
    "activation function.",
)


def output_mistakes(last: LayerByExample, targets: HostArray | None) -> Iterator[Predicted]:
    """The mistakes that are made in the last layer.

    Args:
        last: the last layer.
        targets: (k, n_output) of the examples; None if they are not known.

    """
    z = last.z
    with np.errstate(all="ignore"):
        for each in KNOWN_FUNCTIONS[1:]:  # the first one, the identity, has a derivative of 1
            value, slope = each.value(z), each.slope(z)
            yield Predicted(last.right / slope, MISSING)
            yield Predicted(last.right * slope, TWICE)
            for wrong in WRONG_SLOPES:
                says = (
                    "In the last layer the derivative of the activation function is wrong: the "
                    f"numbers are those of {wrong.text}, where a is the output."
                )
                explanation = Explanation("wrong-activation-derivative", says)
                yield Predicted(last.right / slope * wrong.of(z, value), explanation)
        if targets is not None:
            yield from _without_activation(last, targets)


def _without_activation(last: LayerByExample, targets: HostArray) -> Iterator[Predicted]:
    """Give z - y in place of a - y, where the right gradient is a multiple of a - y."""
    for each in KNOWN_FUNCTIONS[1:]:
        off = each.value(last.z) - targets
        size = float(np.sum(off**2))
        factor = float(np.sum(last.right * off)) / size if size else 0.0
        if alike(factor * off, last.right):
            yield Predicted(factor * (last.z - targets), NO_ACTIVATION)
