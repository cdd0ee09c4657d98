"""Tasks, and what checks of them found, made by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.grading.graded_part import GradedPart
from gradcheck.homework.grading.task import Earned, PartTask, Task
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

__all__ = ["GRADIENT", "RIGHT", "UNDECIDED", "WRONG", "checked", "found_of", "part_task", "task_of"]

GRADIENT = np.array([[1.0, -2.0], [0.5, 3.0]])


def checked(*claims: HostArray | float) -> Report:
    """A report on an array for each claim; a number is what the right gradient is times."""
    gradients = [each * GRADIENT if isinstance(each, float) else each for each in claims]
    return report_of(
        [array_of(n + 1, "weights", each, GRADIENT) for n, each in enumerate(gradients)]
    )


RIGHT = checked(1.0, 1.0)
WRONG = checked(1.0, 3.0)
UNDECIDED = replace(
    RIGHT,
    arrays=tuple(
        replace(each, verdicts=np.full(4, Verdict.UNDECIDED, dtype=np.int8))
        for each in RIGHT.arrays
    ),
)


def part_task(**options: Any) -> PartTask:
    """A class of ten points, part of which is earned where not all is right."""
    earned = Earned(arrays_right=0.5, constant_factor=0.8, differences=0.25)
    how = Submission(Path("here"), "Network")
    return replace(PartTask(how, points=10.0, earned=earned), **options)


def task_of(*parts: PartTask, **options: Any) -> Task:
    """A task of these parts; of one class by default."""
    return Task(parts or (part_task(),), title="Homework 3", **options)


def found_of(report: Report | None, task: PartTask | None = None, **options: Any) -> GradedPart:
    """A part for which a check found this."""
    return GradedPart(task or part_task(), SubmissionReport(report, **options))
