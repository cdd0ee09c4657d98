"""Find the facts about each part of a contract: claims, trials of the cost, seconds."""

from dataclasses import replace

from gradcheck.homework.claimed_twice import claimed_twice
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.cost_trials import expect_cost_of_arrays, seconds_of_cost
from gradcheck.homework.differences import differences_in
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import Caller

__all__ = ["part_facts", "parts_facts"]


def parts_facts(
    contract: Contract, caller: Caller, seed: int, *, closely: bool = False
) -> tuple[PartFacts, ...]:
    """The facts about each part, in the order of the contract.

    Args:
        contract: what is checked.
        caller: guards the calls.
        seed: of the numbers that tiny parameters are filled with.
        closely: whether to look for backward passes that take differences.

    Raises:
        StudentError: the student's code raised something, or its cost cannot be used.

    """
    found = []
    for part in contract.parts:
        facts = part_facts(part, caller, seed)
        seen = differences_in(part, facts.values, caller.path.parent) if closely else []
        found.append(replace(facts, findings=(*facts.findings, *seen)))
    return tuple(found)


def part_facts(part: Part, caller: Caller, seed: int, *, as_it_is: bool = False) -> PartFacts:
    """The facts about one part; see ``parts_facts``.

    Args:
        part: what is checked.
        caller: guards the calls.
        seed: of the numbers that tiny parameters are filled with.
        as_it_is: whether to leave tiny parameters as they are.

    Raises:
        StudentError: the student's code raised something, or its cost cannot be used.

    """
    arrays, filled = (part.arrays, []) if as_it_is else with_sensible_scale(part.arrays, seed)
    values = [array.value for array in arrays]
    claimed = claimed_twice(part, values)
    if not claimed.is_zero:
        # A network whose gradients are all 0 may have a cost that never changes.
        expect_cost_of_arrays(part.cost, values)
    return PartFacts(
        name=part.name,
        arrays=arrays,
        gradients=claimed.first,
        again=claimed.again,
        sums=part.cost.sums,
        rounded=part.rounded,
        cost=part.cost.name,
        guessed=part.cost.guessed,
        passes=part.cost.passes,
        seconds={
            "cost": seconds_of_cost(part.cost, values, caller),
            "backprop": claimed.seconds,
        },
        findings=(*part.findings, *filled, *claimed.findings),
        has_other_costs=part.other_cost is not None,
        batch=part.batch,
        batch_size=part.batch_size,
    )
