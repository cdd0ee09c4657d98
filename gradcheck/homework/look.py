"""The same object of a student's code with a few other examples: its claims and its slopes."""

from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.candidates import Candidate, candidates_of
from gradcheck.homework.convention import without_factor
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from nets.arrays import HostArray

__all__ = ["Look", "look_at"]


@dataclass(frozen=True, eq=False)
class Look:
    """A part of a student's code, opened again with other examples.

    Attributes:
        facts: about the part with these examples.
        claimed: its gradients, in the same reading as before.
        engine: computes its cost, until the next look.

    """

    facts: PartFacts
    claimed: Candidate
    engine: ProcessEngine

    def slopes(self, which: int, entries: HostArray) -> HostArray:
        """The slopes at some entries of an array, by central differences.

        Args:
            which: the position of the array.
            entries: (n,) positions in the flattened array.

        Returns:
            (n,), to about nine digits of the largest.

        """
        if not len(entries):
            return np.zeros(0)
        values = self.facts.values[which].reshape(-1)[entries]
        steps = CENTRAL_STEP * np.maximum(1.0, np.abs(values))
        changes = self.engine.cost_changes(which, entries, steps, (-1.0, 1.0))
        return np.asarray((changes[1] - changes[0]) / (2.0 * steps))


def look_at(
    examples: MiniBatch,
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: SubmissionProcesses,
) -> Look:
    """Open the same object again with other examples, in the first process.

    Args:
        examples: (n_input, k) and (n_output, k).
        claimed: the gradients that were checked before, and how they were read.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code.

    Raises:
        StudentError: it does not work with these examples, or takes other examples with them.

    """
    found, part = processes.look(position, facts.values, examples)
    used = found.batch
    same_values = all(
        np.array_equal(one, other) for one, other in zip(found.values, facts.values, strict=True)
    )
    if not same_values or used is None or not np.array_equal(used.inputs, examples.inputs):
        raise StudentError("It was opened with other parameters or examples than before")
    readings = candidates_of(found.gradients, found.batch_size, found.sums)
    alike = [each for each in readings if each.reading == claimed.reading]
    summed = [each for each in alike if each.summed in (claimed.summed, None)]
    if not summed:
        raise StudentError("Its gradients were read in another way than before")
    engine = ProcessEngine(processes.opened[:1], found.values, part=part)
    return Look(found, without_factor(summed[0], claimed.divided_by), engine)
