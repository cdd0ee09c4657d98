"""Networks that are right with one output, and were checked with several.

Many networks for two classes, or for one number, have a cost such as ``np.mean((y - a)**2)``: a
mean over all entries. Their gradients are divided by the number of examples. That is right for the
one output that they have, and too large for the several outputs that a check gives them.
"""

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from gradcheck.homework.finding import guess
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.understanding.one_output import open_for_several_outputs
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["sizes_with_one_output", "with_one_output"]

# The part by which claims may differ from a multiple of the slopes: far above error bars, and far
# below the difference that a mistake makes.
NEAR = 1e-4
# In a cost of two classes: log(1 - a).
OF_TWO_CLASSES = re.compile(r"log\w*\(\s*\(?\s*1(\.0*)?\s*-")
# Costs of several outputs, one of which may be meant in the same file.
OF_SEVERAL = re.compile(r"soft_?max|mse|squared|categorical", re.IGNORECASE)


def sizes_with_one_output(
    submission: Submission, found: SubmissionReport
) -> tuple[int, ...] | None:
    """The sizes to check again with; None if one output makes no difference to the verdict.

    Sizes and examples that were given are kept.
    """
    is_free = submission.sizes is None and submission.inputs is None and submission.adapter is None
    sizes, report = found.sizes, found.report
    if not is_free or sizes is None or report is None or sizes[-1] < 2:
        return None
    # Where an array agrees, the gradients are divided by the number of outputs.
    all_wrong = all(map(_disagrees, report.arrays))
    if not all_wrong or not any(_is_times(array, sizes[-1]) for array in report.arrays):
        return None
    return (*sizes[:-1], 1)


def _disagrees(array: ArrayReport) -> bool:
    return array.counts[Verdict.DISAGREE.word] > 0


def _is_times(array: ArrayReport, factor: int) -> bool:
    """Whether the claims of an array are this many times the slopes."""
    apart = float(np.linalg.norm(array.backprop - factor * array.numerical))
    return bool(apart <= NEAR * float(np.linalg.norm(array.backprop)))


def with_one_output(
    found: SubmissionReport, again: SubmissionReport, path: Path
) -> SubmissionReport:
    """What to report: the second check, if more is right with one output.

    A cost of two classes has one output. Of any other, and of a file with several costs, it stays
    open how many are meant.

    Args:
        found: with several outputs.
        again: with one.
        path: of the student's file.

    """
    if found.sizes is None or _wrong_arrays(again) >= _wrong_arrays(found):
        return found
    outputs = found.sizes[-1]
    text = (
        f"It was checked with one output. With {outputs} outputs the gradients are {outputs} times "
        "the slopes, because the cost is a mean over all entries."
    )
    again = replace(again, findings=(guess(text), *again.findings))
    if again.verdict is not Verdict.AGREE:
        return again
    text = path.read_text(encoding="utf-8", errors="replace")
    if OF_TWO_CLASSES.search(text) and not OF_SEVERAL.search(text):
        return again
    open_one = open_for_several_outputs(again.name, outputs)
    return replace(again, left_out=(*again.left_out, open_one))


def _wrong_arrays(found: SubmissionReport) -> float:
    """How many arrays disagree; infinite if the check failed."""
    if found.report is None:
        return math.inf
    return sum(map(_disagrees, found.report.arrays))
