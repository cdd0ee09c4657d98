"""A look at a student's code itself: which small change makes its gradients right.

The changes are tried in a process of their own (``repairs``). They only explain: no verdict depends
on them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.candidates import Candidate
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.disagreement import SLACK
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.process.messages import packed
from gradcheck.homework.process.repair_message import found_from, measured_message
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.repairs.measured_array import MeasuredArray
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report

__all__ = ["cause_of_change", "change_words", "mending_change", "mends_all"]

# Seconds that the changes of one part should take at most. Chosen: a reader waits that long for an
# explanation.
LOOK_SECONDS = 8.0
# Changes that are tried at most: of a long backward pass there are about so many.
MOST_CHANGES = 4000
CHANGE_SECONDS = 1e-3  # to make one change and compile it, measured on functions of 20 lines


def mending_change(
    report: Report,
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: SubmissionProcesses,
) -> Found | None:
    """The small change of the student's code that makes its gradients right.

    Args:
        report: what the check of its gradients found.
        claimed: the gradients that disagree.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code; one more is opened.

    Returns:
        None if no change does, or if the code breaks a limit meanwhile.

    """
    if not any(each.is_wrong for each in _measured(report, facts.arrays)):
        return None
    seconds = facts.seconds["backprop"] + CHANGE_SECONDS
    try:
        process = processes.for_repairs(processes.limits)
        process.send(
            {
                "do": "repair",
                "part": position,
                "parameters": [packed(value) for value in facts.values],
                "arrays": measured_message(_measured(report, facts.arrays)),
                "reading": claimed.reading,
                "divisor": claimed.divided_by * (facts.batch_size if claimed.summed else 1),
                "sizes": {"examples": _examples(facts), "outputs": _outputs(facts)},
                "most": min(MOST_CHANGES, int(LOOK_SECONDS / seconds)),
            }
        )
        found = found_from(process.receive())
    except StudentError:
        return None
    if found is None:
        return None
    return replace(found, old=printable(found.old), new=printable(found.new))


def _measured(report: Report, arrays: Sequence[NamedArray]) -> list[MeasuredArray]:
    """What was measured of each array; entries without an error bar are left out."""
    positions = [position for position, array in enumerate(arrays) if array.value.size]
    return [
        _array(position, array)
        for position, array in zip(positions, report.arrays, strict=True)
        if array.verdicts.size
    ]


def _array(position: int, array: ArrayReport) -> MeasuredArray:
    known = np.isfinite(array.numerical) & np.isfinite(array.error_bar)
    largest = float(np.max(np.abs(array.numerical[known]), initial=0.0))
    tolerance = BARS_ALLOWED * array.error_bar[known] + SLACK * largest
    off = np.abs(array.backprop[known] - array.numerical[known])
    with np.errstate(invalid="ignore"):
        is_wrong = bool(array.counts["disagree"]) and bool(np.any(~(off <= tolerance)))
    return MeasuredArray(
        position,
        np.asarray(array.entries[known], dtype=np.int64),
        np.asarray(array.numerical[known], dtype=np.float64),
        np.asarray(tolerance, dtype=np.float64),
        is_wrong,
    )


def _examples(facts: PartFacts) -> list[int]:
    """The possible numbers of examples: if it is not known, the lengths of an input."""
    if facts.batch_size > 1:
        return [facts.batch_size]
    inputs = [array.value.shape[0] for array in facts.arrays if array.is_input and array.value.ndim]
    return list(dict.fromkeys(size for size in inputs if size > 2))


def _outputs(facts: PartFacts) -> list[int]:
    return [facts.n_output] if facts.n_output is not None and facts.n_output > 2 else []


def mends_all(found: Found, report: Report) -> bool:
    """Whether a change makes every gradient right."""
    wrong = [array for array in report.arrays if array.counts["disagree"]]
    return len(found.mended) == len(wrong)


def cause_of_change(found: Found, report: Report) -> LikelyCause:
    """The mistake that a change mends, and the code that it changes."""
    return LikelyCause(found.cause, f"{found.says} {change_words(found, report)}")


def change_words(found: Found, report: Report) -> str:
    """The code that a change mends, and what it makes of it."""
    what = "all gradients are right"
    if not mends_all(found, report):
        what = "some of the wrong gradients are right"
    elif not found.is_right_elsewhere:
        what = "all gradients here are right, but not all in other pieces that use this line"
    where = f"In {found.file}" if found.file.endswith(".ipynb") else f"Line {found.line}"
    return f"{where}: `{found.old}`. With `{found.new}` {what}."
