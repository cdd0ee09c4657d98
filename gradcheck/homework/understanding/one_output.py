"""Losses that are right for one output alone.

A loss such as ``np.mean((p - t)**2)`` is a mean over all entries. A gradient that is divided by
``len(t)``, the number of examples, is right where each example has one output, and where one
example is a flat array. For more outputs it is too large. A file does not say which is meant.
"""

import math
import re
from collections.abc import Iterator

import numpy as np

from gradcheck.homework.contract import Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.near import CENTRAL_STEP
from nets.arrays import HostArray

__all__ = ["fits", "has_one_output", "one_output_shapes", "open_for_several_outputs"]

# Steps of a central difference, and the part by which a claim may differ from it. The first is for
# float64, and lets guards such as log(p + 1e-8) pass. The second is for layers that compute in
# float32: rounding makes up to 1e-3 of such a difference. Chosen: this only decides with which
# shapes a layer is checked, and never a verdict.
STEPS = ((CENTRAL_STEP, 1e-4), (1e-3, 1e-2))
# A loss of a probability has one output.
OF_ONE_OUTPUT = re.compile(r".*(binary|bce|log_?loss|logistic|sigmoid).*", re.IGNORECASE)
# A loss of a softmax never has one output.
OF_CLASSES = re.compile(r".*(categorical|softmax|nll|likelihood).*", re.IGNORECASE)


def fits(part: Part) -> bool:
    """Whether the gradients of a part are those of its cost, along a random direction.

    Where the cost gives a number for each example, they may also be those of the sum.
    """
    values = [array.value for array in part.arrays]
    generator = np.random.default_rng(8)
    directions = [generator.standard_normal(value.shape) for value in values]
    claims = part.claims_at(values)[0].arrays
    pairs = zip(claims, directions, strict=True)
    said = sum(float(np.sum(claim * direction)) for claim, direction in pairs)
    # Along a random direction the entries may nearly cancel: their size is the measure.
    size = math.sqrt(sum(float(np.sum(claim**2)) for claim in claims))
    factors = (1.0, float(part.batch_size)) if part.cost.sums else (1.0,)
    for step, near in STEPS:
        measured = _slope(part, values, directions, step)
        if any(abs(said - factor * measured) <= near * size for factor in factors):
            return True
    return False


def _slope(part: Part, values: list[HostArray], directions: list[HostArray], step: float) -> float:
    """The central difference of the cost along directions, in the shapes of the values."""
    sides = []
    for sign in (1.0, -1.0):
        pairs = zip(values, directions, strict=True)
        moved = [value + sign * step * direction for value, direction in pairs]
        sides.append(float(np.real(part.cost.at(moved))))
    return (sides[0] - sides[1]) / (2.0 * step)


def one_output_shapes(name: str, shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The shapes of predictions with one output for each example, and of one flat example.

    Args:
        name: of the loss.
        shape: of its prediction, (examples, outputs).

    >>> list(one_output_shapes("MSE", (6, 4))), list(one_output_shapes("softmax_loss", (6, 4)))
    ([(6, 1), (6,)], [])
    """
    if len(shape) == 2 and min(shape) > 1 and not OF_CLASSES.fullmatch(name):
        yield shape[0], 1
        yield (shape[0],)


def has_one_output(name: str) -> bool:
    """Whether a loss has one output by its name.

    >>> has_one_output("BCELoss"), has_one_output("mse")
    (True, False)
    """
    return OF_ONE_OUTPUT.fullmatch(name) is not None


def open_for_several_outputs(name: str, number_of_outputs: int) -> LeftOut:
    """What stays open of a gradient that is right for one output, and not for several.

    Args:
        name: of the loss, or of the network.
        number_of_outputs: for which it is not.

    """
    return LeftOut(
        f"{name} with several outputs",
        f"its gradient is right for one output, and not for {number_of_outputs}: there the mean is "
        "over all entries. Divide the gradient by their number too, such as np.size(y)",
        is_open=True,
    )
