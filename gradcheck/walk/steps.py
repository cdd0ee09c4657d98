"""Every step of a forward and of a backward pass, in their order."""

from gradcheck.bugs.chain_rule import walk
from gradcheck.walk.backward_steps import BACKWARD
from gradcheck.walk.forward_steps import cost_step, forward_steps, start_step
from gradcheck.walk.walk_step import Passes, WalkStep

__all__ = ["steps_of"]


def steps_of(passes: Passes) -> list[WalkStep]:
    """All steps in their order: the inputs, forward, the cost, backward."""
    last = len(passes.traces)
    steps = [start_step(passes)]
    for layer in range(1, last + 1):
        steps += forward_steps(passes, layer)
    steps.append(cost_step(passes))
    return steps + [BACKWARD[step.name](passes, step.layer) for step in walk(last)]
