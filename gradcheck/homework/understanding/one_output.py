"""Losses that are right for one output alone.

A loss such as ``np.mean((p - t)**2)`` is a mean over all entries. A gradient that is divided by
``len(t)``, the number of examples, is right where each example has one output, and where one
example is a flat array. For more outputs it is too large. A file does not say which is meant.
"""

import re
from collections.abc import Iterator

import numpy as np

from gradcheck.homework.contract import Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.near import CENTRAL_STEP

__all__ = ["fits", "has_one_output", "one_output_shapes", "open_for_several_outputs"]

# The part by which a claim along a direction may differ from the slope: far above the error of
# central differences, 1e-10, and above guards such as log(p + 1e-8).
NEAR = 1e-4
# A loss of a probability has one output.
OF_ONE_OUTPUT = re.compile(r".*(binary|bce|log_?loss|logistic|sigmoid).*", re.IGNORECASE)
# A loss of a softmax never has one output.
OF_CLASSES = re.compile(r".*(categorical|softmax|nll|likelihood).*", re.IGNORECASE)


def fits(part: Part) -> bool:
    """Whether the gradients of a part are those of its cost, along a random direction."""
    values = [array.value for array in part.arrays]
    generator = np.random.default_rng(8)
    directions = [generator.standard_normal(value.shape) for value in values]
    sides = [
        float(
            np.real(
                part.cost.at(
                    [
                        value + sign * CENTRAL_STEP * direction
                        for value, direction in zip(values, directions, strict=True)
                    ]
                )
            )
        )
        for sign in (1.0, -1.0)
    ]
    measured = (sides[0] - sides[1]) / (2.0 * CENTRAL_STEP)
    claims = part.claims_at(values)[0].arrays
    said = sum(
        float(np.sum(claim * direction))
        for claim, direction in zip(claims, directions, strict=True)
    )
    return abs(said - measured) <= NEAR * abs(measured)


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
