"""What ``gradcheck grade`` is asked for: the assignment, and how the code is isolated."""

from dataclasses import replace

from gradcheck.commands.options.common import MEGABYTE
from gradcheck.commands.options.grading import GradingOptions
from gradcheck.homework.grading.assignment import Assignment, read_assignment
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.isolation import Isolation, isolation_hiding
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission import Submission

__all__ = ["assignment_of", "isolation_for", "wanted_isolation"]


def assignment_of(asked: GradingOptions) -> Assignment:
    """What the class was asked to hand in: as the file says, or one class, as the options say.

    Raises:
        BadInput: something in the file is wrong.

    """
    if asked.assignment is not None:
        return read_assignment(asked.assignment)
    assert asked.folder is not None
    how = Submission(
        path=asked.folder,
        class_name=asked.class_name,
        sizes=asked.sizes,
        cost=asked.cost,
        seed=asked.seed,
        limits=Limits(asked.timeout, asked.timeout, asked.memory * MEGABYTE),
        shapes=asked.shapes,
        drawn_examples=asked.batch_size,
        adapter=asked.adapter,
    )
    return Assignment(replace(Task.of(how, asked.sample), provided=asked.provided))


def wanted_isolation(asked: GradingOptions, assignment: Assignment) -> bool | None:
    """Whether isolation is demanded or refused; the command line goes before the assignment."""
    return assignment.isolate if asked.isolate is None else asked.isolate


def isolation_for(asked: GradingOptions, assignment: Assignment) -> Isolation | None:
    """How the code is isolated: as it can be here, unless something else was asked for.

    Raises:
        BadInput: it was demanded, and cannot be.

    """
    hidden = () if asked.folder is None else (asked.folder.resolve(),)
    return isolation_hiding(hidden, wanted_isolation(asked, assignment))
