"""Whether the slopes that were measured are those of the operation that a function is named after.

The output of one call may be right, and those of other calls not. The gradients were compared with
slopes of the cost, and these are compared here with those of the right operation.
"""

from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.homework.facts import PartFacts
from gradcheck.homework.known_operations.comparison import right_operations
from gradcheck.homework.slopes_alike import CLOSE_SLOPES, slopes_by_differences, unlike_slopes
from gradcheck.verdicts.functions.arriving import arriving_gradients
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

__all__ = ["unlike_in_the_check"]

# Slopes may differ by more than outputs do: they change more with an unknown epsilon.
MORE_THAN_OUTPUTS = 10.0


def unlike_in_the_check(facts: PartFacts, report: Report, seed: int) -> str:
    """Why the slopes are not those of what a function's name says; empty if they are.

    Args:
        facts: about the function and its backward; its output is what its name says.
        report: with the slopes that were measured.
        seed: of the gradient that arrives at the output.

    """
    call = facts.forward
    if call is None or {array.name for array in facts.arrays} - set(call.given):
        return ""
    said = []
    for right in right_operations(call):
        for arriving in _arriving(call.output, seed):
            cost = _cost_of(facts, right.output_of, arriving)
            found = unlike_slopes(
                report,
                slopes_by_differences(cost, facts.values),
                right.formula,
                seed,
                close=max(CLOSE_SLOPES, MORE_THAN_OUTPUTS * right.close),
            )
            if not found:
                return ""
            said.append(f"{call.name}: {found}")
    return next(iter(said), "")


def _arriving(output: HostArray, seed: int) -> list[HostArray]:
    """What may arrive at an output: 1 at that of a loss, random numbers at any other."""
    return [*arriving_gradients([output], None, seed), np.ones(output.shape)]


def _cost_of(
    facts: PartFacts, output_of: Callable[..., HostArray], arriving: HostArray
) -> Callable[[Sequence[HostArray]], float]:
    """The cost of the right operation, as a function of the part's arrays."""
    assert facts.forward is not None
    given, names = facts.forward.given, [array.name for array in facts.arrays]

    def cost(values: Sequence[HostArray]) -> float:
        output = output_of({**given, **dict(zip(names, values, strict=True))})
        return float(np.sum(output.reshape(arriving.shape) * arriving))

    return cost
