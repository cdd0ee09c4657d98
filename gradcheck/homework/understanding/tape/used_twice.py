"""An operator that is applied twice to the same nodes: their gradients are sums of two."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.operator_on_trial import OperatorOnTrial

__all__ = ["used_twice"]

# Gradients that add up do so but for rounding, which is about 1e-7 in float32. Where one is lost,
# about half of the sum is missing. Relative to the largest entry.
ROUNDING = 1e-3


def used_twice(trial: OperatorOnTrial, plus: Callable[[Any, Any], Any]) -> Part | None:
    """The sum of two outputs of the same nodes as a part, if their gradients do not add up.

    If they do add up, then the operator by itself tells whether they are right. No slopes are
    needed for the sum. An operator that overwrites the gradient of a node does not add up.

    Args:
        trial: the operator, applied once.
        plus: the engine's addition.

    Returns:
        None if the gradients add up, or if the engine cannot compute the sum.

    """

    def first(*nodes: Any) -> Any:
        return trial.output_of(nodes, 0)

    def second(*nodes: Any) -> Any:
        return trial.output_of(nodes, 1)

    def both(*nodes: Any) -> Any:
        return plus(first(*nodes), second(*nodes))

    name = f"{trial.operator.name}, used twice"
    operator = replace(trial.operator, name=name, may_be_detached=False)
    # The outputs have their weights already.
    weigh = None if trial.weigh is None else lambda output, _: output
    one, other, total = (
        replace(trial, operator=operator, apply=apply, weigh=weigh)
        for apply in (first, second, both)
    )
    values = trial.inputs()
    try:
        with np.errstate(all="ignore"):
            found = [each.gradients(values) for each in (one, other, total)]
        if all(_add_up(*three) for three in zip(*found, strict=True)):
            return None
        return total.part()
    except StudentError:
        return None


def _add_up(one: Any, other: Any, total: Any) -> bool:
    if not one.shape == other.shape == total.shape:
        return False
    size = float(np.nan_to_num(np.abs(one) + np.abs(other)).max(initial=0.0))
    return bool(np.allclose(one + other, total, rtol=0.0, atol=ROUNDING * size, equal_nan=True))
