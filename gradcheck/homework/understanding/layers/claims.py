"""The gradients that a layer claims, and whether backward adds to those of an earlier call."""

import numpy as np

from gradcheck.homework.contract import NamedGradients, Values
from gradcheck.homework.near import ROUNDING_ALONE
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer
from nets.arrays import HostArray

__all__ = ["MixedGradients", "adds_gradients", "claims_at"]


class MixedGradients(StudentError):
    """A backward pass adds to one gradient of the examples before, and overwrites another."""


def claims_at(layer: UnderstoodLayer, values: Values, divisor: int) -> list[NamedGradients]:
    """The claimed gradients at these values, by a new object.

    Args:
        layer: the layer.
        values: of the arrays of its part, in their shapes.
        divisor: by which the layer divides the gradients of its parameters; here they are
            multiplied by it.

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
    """Whether a second backward pass of the same object adds to what the first one left.

    Raises:
        MixedGradients: it adds to some gradients and overwrites others, one example at a time.

    """
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
    adds = [_near(b, 2 * a) for a, b in zip(one, two, strict=True)]
    stays = [bool(np.any(a) and np.array_equal(a, b)) for a, b in zip(one, two, strict=True)]
    moves = [bool(each and np.any(a)) for each, a in zip(adds, one, strict=True)]
    if trial.form.batch == 1 and any(stays) and any(moves):
        names = [trial.parameters[each].name for each in layer.checked]
        raise MixedGradients(
            f"{trial.calls.backward_name} takes one example at a time. It adds to the gradient of "
            f"{names[moves.index(True)]} and overwrites that of {names[stays.index(True)]}: after "
            "several examples one of them is wrong. Add to both"
        )
    return all(adds)


def _near(one: HostArray, other: HostArray) -> bool:
    return np.allclose(one, other, rtol=ROUNDING_ALONE, equal_nan=True)
