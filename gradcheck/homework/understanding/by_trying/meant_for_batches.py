"""Whether a function that fits one example at a time is meant for whole mini-batches.

A backward pass may forget to add up the gradient of a bias over the examples. Given one example, it
is right all the same. So its gradients for a whole mini-batch are looked at too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients
from nets.arrays import HostArray

__all__ = ["expect_single_examples"]

# Two sums of the same gradients in another order differ by less than this part of each entry.
SAME_GRADIENT = 1e-6


def expect_single_examples(
    code: Code,
    claims: ReturnedGradients,
    readings: Sequence[NamedGradients],
    values: Sequence[HostArray],
) -> None:
    """Check that a function which was read one example at a time is not meant for mini-batches.

    It is, if it returns the mean over the examples of a whole mini-batch as the gradient of some
    matrix, in one call: then it divides by their number.

    Args:
        code: the student's.
        claims: how its gradients are computed.
        readings: of the gradients at these values, the mean over single examples.
        values: of the arrays, in their shapes.

    Raises:
        StudentError: it is meant for them, and some gradient has another shape there.

    """
    size = claims.trial.batch.size
    if claims.trial.way.whole or size == 1:
        return
    for whole in _whole(claims):
        try:
            arrays = whole.arrays_of_a_call(code.copied(), values)
        except StudentError:
            continue
        means = [gradient for each in readings for gradient in each.arrays if gradient.ndim > 1]
        if any(_same(array, mean) for array in arrays for mean in means):
            wrong = next((each for each in arrays if size in np.shape(each)), None)
            shapes = ", ".join(str(each.shape) for each in values)
            if wrong is not None:
                raise StudentError(
                    f"{claims.call_in(code)} divides by the number of examples, but for {size} "
                    f"examples it returns an array of shape {np.shape(wrong)}, where gradients of "
                    f"the shapes {shapes} are needed. Add it up over the examples"
                )


def _whole(claims: ReturnedGradients) -> Iterator[ReturnedGradients]:
    """The same function, given the whole mini-batch in one call."""
    for way in HANDOVERS:
        if way.single == claims.trial.way:
            yield replace(claims, trial=replace(claims.trial, way=way))


def _same(array: HostArray, mean: HostArray) -> bool:
    """Whether an array is a gradient that is not 0 and no vector, but for rounding."""
    return (
        min(mean.shape) > 1
        and array.shape == mean.shape
        and bool(np.any(mean))
        and np.allclose(array, mean, rtol=SAME_GRADIENT, atol=0.0)
    )
