"""The gradients that a layer claims, and whether its backward adds to those of the call before."""

import numpy as np

from gradcheck.homework.contract import NamedGradients, Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer

__all__ = ["adds_gradients", "claims_at"]

SAME_TWICE = 1e-9  # the same computation, done twice, differs by less than this part


def claims_at(layer: UnderstoodLayer, values: Values, divisor: int) -> list[NamedGradients]:
    """The claimed gradients at these values, by a new object.

    Args:
        layer: the layer.
        values: of the arrays of its part.
        divisor: by which it divides the gradients of its parameters; they are multiplied by it.

    Raises:
        StudentError: the backward pass raised something, or a gradient is missing.

    """
    trial = layer.trial
    x, parameters = layer.split(values)
    passed = trial.passed(trial.placed(parameters), np.array(x), trial.arriving)
    gradients = layer.claims_of(passed)
    first = 1 if layer.has_input else 0
    scaled = [
        gradient * (divisor if position >= first else 1)
        for position, gradient in enumerate(gradients)
    ]
    return [NamedGradients("by their names", False, scaled)]


def adds_gradients(layer: UnderstoodLayer) -> bool:
    """Whether a second backward pass of the same object adds to what the first one left."""
    trial = layer.trial
    if not layer.checked:
        return False
    own = trial.placed(list(layer.values))
    first = trial.passed(own, trial.x.copy(), trial.arriving)
    one = [np.array(first.gradients[each]) for each in layer.checked]
    try:
        second = trial.passed(own, trial.x.copy(), trial.arriving)
    except StudentError:
        return False
    two = [np.array(second.gradients[each]) for each in layer.checked]
    if not any(map(np.any, one)):
        return False
    return all(np.allclose(b, 2 * a, rtol=SAME_TWICE) for a, b in zip(one, two, strict=True))
