"""What a submission should compute: what the lecturer's own solution computes.

It works for every format. The solution is opened like a submission, in a process of its own, with
the same seed: so it has the same examples and the same arriving gradients. Then it gets the numbers
in the submission's arrays, and both must come to the same costs: as the arrays are, and when some
of their entries are moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradcheck.homework.facts import PartFacts
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.reference import difference, moved_costs
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses

__all__ = ["Solution"]


@dataclass(frozen=True)
class Solution:
    """The lecturer's own solution.

    Attributes:
        path: of its file.

    """

    path: Path

    def unlike(self, facts: PartFacts, processes: SubmissionProcesses, seed: int) -> str:
        """Why a part does not compute what the solution does; empty if it does.

        Args:
            facts: about the part.
            processes: that compute its cost.
            seed: chooses the entries that are moved.

        Raises:
            StudentError: its cost cannot be computed.

        """
        engine = ProcessEngine(processes.opened[:1], facts.values)
        theirs = [engine.base_cost, *moved_costs(engine, facts, seed)]
        asked = replace(processes.submission, path=self.path, workplace=None, adapter=None)
        with SubmissionProcesses(asked) as own:
            try:
                solution = own.open().parts[0]
            except StudentError as error:
                raise StudentError(f"The solution cannot be read: {error.line}") from error
            order = _order(facts, solution)
            if order is None:
                return (
                    f"its arrays are {_listed(facts)}, and those of the solution "
                    f"{_listed(solution)}"
                )
            ours = _costs_of_solution(own, solution, facts, order, seed)
        return difference(theirs, ours, "the solution")


def _order(facts: PartFacts, solution: PartFacts) -> list[int] | None:
    """For each array of the solution the position of the submission's; None if they do not fit.

    Arrays of the same names belong together; where the names differ, their order decides.
    """
    names = [array.name for array in facts.arrays]
    wanted = [array.name for array in solution.arrays]
    order = list(range(len(names)))
    if sorted(names) == sorted(wanted) and len(set(names)) == len(names):
        order = [names.index(name) for name in wanted]
    shapes = [facts.values[position].shape for position in order]
    return order if shapes == [value.shape for value in solution.values] else None


def _costs_of_solution(
    own: SubmissionProcesses,
    solution: PartFacts,
    facts: PartFacts,
    order: Sequence[int],
    seed: int,
) -> list[float]:
    """The solution's costs with the submission's numbers, in the order of ``moved_costs``."""
    engine = ProcessEngine(own.opened[:1], [facts.values[position] for position in order])
    places = [list(order).index(position) for position in range(len(order))]
    return [engine.base_cost, *moved_costs(engine, facts, seed, places)]


def _listed(facts: PartFacts) -> str:
    return ", ".join(f"{array.name} {array.value.shape}" for array in facts.arrays)
