"""Find the facts about each part of a contract: claims, trials of the cost, seconds."""

from dataclasses import replace

from gradcheck.homework.claimed_twice import ClaimedTwice, claimed_twice
from gradcheck.homework.contract import Contract, NamedArray, Part
from gradcheck.homework.cost_trials import expect_cost_of_arrays, seconds_of_cost
from gradcheck.homework.cut_gradients import smaller_where_cut
from gradcheck.homework.differences import differences_in
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.finding import Finding
from gradcheck.homework.idle_arrays import idle_arrays, without_arrays
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import Caller

__all__ = ["known_part", "known_parts"]

KnownPart = tuple[Part, PartFacts]


def known_parts(
    contract: Contract, caller: Caller, seed: int, *, closely: bool = False
) -> tuple[KnownPart, ...]:
    """The parts as they are checked and the facts about them, in the order of the contract.

    Parameters that cannot change anything are left out of a part: see ``idle_arrays``.

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
        own, facts = known_part(part, caller, seed)
        seen = differences_in(own, facts.values, caller.path.parent) if closely else []
        found.append((own, replace(facts, findings=(*facts.findings, *seen))))
    return tuple(found)


def known_part(part: Part, caller: Caller, seed: int, *, as_it_is: bool = False) -> KnownPart:
    """One part as it is checked and the facts about it; see ``known_parts``.

    Args:
        part: what is checked.
        caller: guards the calls.
        seed: of the numbers that tiny parameters are filled with.
        as_it_is: whether to leave tiny parameters as they are, and to keep all arrays.

    Raises:
        StudentError: the student's code raised something, or its cost cannot be used.

    """
    arrays, filled = (part.arrays, []) if as_it_is else with_sensible_scale(part.arrays, seed)
    arrays, cut, claimed = _claimed(part, arrays, as_it_is=as_it_is)
    values = [array.value for array in arrays]
    if not claimed.is_zero:
        # A network whose gradients are all 0 may have a cost that never changes.
        expect_cost_of_arrays(part.cost, values)
    first = claimed.first[0].arrays
    idle = [] if as_it_is else idle_arrays(part, values, first, seed)
    if idle:
        part = without_arrays(part, [arrays[place].name for place in idle], values)
        claimed = claimed.without(idle)
        # Without all its arrays it is no fully connected network that could be rebuilt.
        left = [place for place in range(len(arrays)) if place not in idle]
        arrays = tuple(replace(arrays[place], slot=None) for place in left)
        values = [values[place] for place in left]
    facts = PartFacts(
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
        findings=(*part.findings, *filled, *cut, *claimed.findings),
        has_other_costs=part.other_cost is not None,
        batch=part.batch,
        batch_size=part.batch_size,
        forward=part.forward,
    )
    return part, facts


def _claimed(
    part: Part, arrays: tuple[NamedArray, ...], *, as_it_is: bool
) -> tuple[tuple[NamedArray, ...], list[Finding], ClaimedTwice]:
    """The claims, at smaller parameters if some are cut off; the arrays then, and what is told."""
    claimed = claimed_twice(part, [array.value for array in arrays])
    if as_it_is:
        return arrays, [], claimed
    smaller, told = smaller_where_cut(part, arrays, claimed.first)
    if told:
        claimed = claimed_twice(part, [array.value for array in smaller])
    return smaller, told, claimed
