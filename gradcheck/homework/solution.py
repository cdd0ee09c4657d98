"""What a submission should compute: what the lecturer's own solution computes.

It works for every format. The solution is opened like a submission, in a process of its own, with
the same seed: so it has the same examples and the same arriving gradients. Then it gets the numbers
in the submission's arrays, and both must compute the same costs: with the arrays as they are, and
with some of their entries moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from gradcheck.homework.facts import PartFacts
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.reference import Likeness, likeness, moved_costs
from gradcheck.homework.slopes_alike import unlike_slopes
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

__all__ = ["Solution"]


@dataclass(frozen=True)
class Solution:
    """The lecturer's own solution.

    Attributes:
        path: of its file.

    """

    path: Path

    def likeness(
        self, facts: PartFacts, processes: SubmissionProcesses, report: Report, seed: int
    ) -> Likeness:
        """Whether a part computes what the solution does.

        Args:
            facts: about the part.
            processes: that compute its cost.
            report: with the slopes of its cost that were measured.
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
                return Likeness(
                    f"its arrays are {_listed(facts)}, and those of the solution "
                    f"{_listed(solution)}"
                )
            ours = _SolutionCosts.of(own, facts, order)
            found = likeness(theirs, ours.moved(facts, seed), facts, "the solution")
            if found.unlike:
                return found
            unlike = unlike_slopes(
                report, ours.slopes_at, "the solution", seed, factor=found.factor
            )
        return Likeness(unlike) if unlike else found


@dataclass(frozen=True)
class _SolutionCosts:
    """The solution's costs with the submission's numbers.

    Attributes:
        engine: computes them.
        places: for each array of the submission its position in the solution.

    """

    engine: ProcessEngine
    places: Sequence[int]

    @classmethod
    def of(
        cls, own: SubmissionProcesses, facts: PartFacts, order: Sequence[int]
    ) -> "_SolutionCosts":
        engine = ProcessEngine(own.opened[:1], [facts.values[position] for position in order])
        return cls(engine, [list(order).index(position) for position in range(len(order))])

    def moved(self, facts: PartFacts, seed: int) -> list[float]:
        """The costs, in the order of ``moved_costs``."""
        return [self.engine.base_cost, *moved_costs(self.engine, facts, seed, self.places)]

    def slopes_at(self, which: int, entries: HostArray) -> HostArray:
        """See ``SlopesAt``."""
        steps = np.full(len(entries), CENTRAL_STEP)
        up, down = self.engine.cost_changes(self.places[which], entries, steps, (1.0, -1.0)).real
        slopes: HostArray = (up - down) / (2.0 * CENTRAL_STEP)
        return slopes


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


def _listed(facts: PartFacts) -> str:
    return ", ".join(f"{array.name} {array.value.shape}" for array in facts.arrays)
