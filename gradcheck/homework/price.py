"""The price of a check: how many costs it computes, and how long that takes."""

import time
from dataclasses import dataclass

import numpy as np

from gradcheck.homework.facts import Facts, PartFacts
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.settings import Settings

__all__ = ["Price", "entries_checked", "likely_costs", "price_of"]

# Costs that measure the noise of one array: a difference table of 8 points at each of at most 8
# entries, some of them again at wider spacings. Classes of the tests took 82 to 113 for each array.
COSTS_FOR_NOISE = 80
# How many times the costs of a first look are needed if the gradients are right: classes of the
# tests needed 1.0 to 1.2 times as many. Wrong ones, where every disagreement is measured again,
# needed 1.8 to 13 times as many. Before the check nobody knows which case it is. So the price is
# that of right gradients, and the text says so.
LOOKS = 1.15
# Costs are timed in rounds of this many, because a check asks for many at once. The quickest round
# counts, because caches are cold in the first ones. All rounds together take less than measuring
# the noise of one array.
TIMED, ROUNDS = 8, 3


@dataclass(frozen=True)
class Price:
    """What a check will take, known before it starts.

    Attributes:
        costs: how many costs will be computed, at least.
        passes: how many forward passes each of them takes.
        seconds: about how long all of it will take if the gradients are right.

    """

    costs: int
    passes: int
    seconds: float


def price_of(
    facts: Facts,
    processes: SubmissionProcesses,
    how: Settings,
    *,
    jobs: int,
) -> Price:
    """The price of a check of all parts.

    Args:
        facts: about the student's code.
        processes: the first of which is open.
        how: says how many costs an entry takes, and how many entries are checked.
        jobs: how many processes will compute costs.

    Raises:
        StudentError: the cost cannot be computed.

    """
    costs, seconds = 0, 0.0
    for position, part in enumerate(facts.parts):
        own = entries_checked(part, how.sample) * len(how.scheme.perturbed_offsets)
        likely = likely_costs(own, len(part.values))
        costs += own
        seconds += likely * _seconds_of_a_cost(part, position, processes) / jobs
    passes = facts.parts[0].passes
    return Price(costs, passes, seconds + (jobs - 1) * processes.opening_seconds)


def entries_checked(facts: PartFacts, sample: int | None) -> int:
    """How many entries are checked: of each array all, or as many as the sample has."""
    return sum(min(sample or value.size, value.size) for value in facts.values)


def likely_costs(least: int, arrays: int) -> float:
    """About how many costs a check of right gradients takes.

    Args:
        least: how many a first look at all entries takes.
        arrays: how many parameter arrays there are.

    """
    return LOOKS * (least + COSTS_FOR_NOISE * arrays)


def _seconds_of_a_cost(facts: PartFacts, position: int, processes: SubmissionProcesses) -> float:
    """How long one cost takes as the check computes them: in the other process, one by one."""
    engine = ProcessEngine(processes.opened[:1], facts.values, part=position)
    entries = np.arange(min(TIMED, facts.values[0].size))
    steps = np.full(len(entries), CENTRAL_STEP)
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        engine.cost_changes(0, entries, steps, (1.0,))
        seconds.append(time.perf_counter() - begun)
    return min(seconds) / len(entries)
