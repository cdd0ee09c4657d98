"""The loss of a layer that takes targets, wherever its class computes it."""

from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError, required_arguments
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.convention import sums_to_one
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import first_of
from nets.arrays import HostArray

__all__ = ["has_separate_loss", "is_fused", "loss_of"]

# Methods of a loss that give its number, where forward does not.
SEPARATE_LOSSES = ("get_loss", "calculate", *LOSS_NAMES)
# Some classes sum up the losses of an epoch, and begin a new sum with this method.
NEW_SUM = "new_pass"


def has_separate_loss(own: Any) -> bool:
    """Whether a separate method gives the loss: ``calculate(output, y)`` or ``loss(t)``."""
    return first_of(SEPARATE_LOSSES, own) is not None


def is_fused(calls: LayerCalls) -> bool:
    """Whether backward belongs to a softmax and a cost together, and no method has the cost."""
    takes_targets = calls.targets is not None and not calls.methods.is_loss
    return takes_targets and not has_separate_loss(calls.own)


def loss_of(calls: LayerCalls, own: Any, x: HostArray, output: Any) -> Any:
    """The loss: what forward returned, or what a method of its own gives.

    Args:
        calls: of the layer.
        own: the object, after its forward pass.
        x: the input, of any shape.
        output: of the forward pass.

    Returns:
        The loss; the output itself, if the layer takes no targets.

    Raises:
        StudentError: the layer takes targets, and nothing gives a loss; or its method raised.

    """
    name = first_of(SEPARATE_LOSSES, own)
    methods = calls.methods
    if calls.targets is None or methods.is_loss_alone or (methods.is_loss and np.ndim(output) == 0):
        return output
    if name is None:
        return output if calls.methods.is_loss else _cross_entropy(calls, output)
    function = getattr(own, name)
    count = len(required_arguments(function) or [])
    predicted = x.copy() if calls.methods.is_loss else output
    given = (predicted, calls.targets)[-count:] if count in (1, 2) else ()
    new_sum = getattr(own, NEW_SUM, None)
    if callable(new_sum) and required_arguments(new_sum) == []:
        with calls.caller.calling(f"{calls.name}.{NEW_SUM}()", quietly=True):
            new_sum()
    with calls.caller.calling(f"{calls.name}.{name}(...)", quietly=True):
        return function(*given)


def _cross_entropy(calls: LayerCalls, output: Any) -> Any:
    """The cross-entropy of a softmax for each example, (m,).

    Raises:
        StudentError: the output is no softmax.

    """
    array = np.asarray(output)
    if not sums_to_one(array) or array.ndim != 2:
        raise StudentError(
            f"{calls.backward_name} takes targets, but no method of {calls.name} gives a cost of "
            "them. Add a method loss(y)"
        )
    targets = calls.targets
    if np.ndim(targets) == 1:
        targets = np.eye(array.shape[1])[targets]
    return -np.sum(targets * np.log(array), axis=1)
