"""The results of one submission for Gradescope's autograder.

The keys are those of its documentation, "Autograder Specifications", section "Output Format":
``score``, ``output``, ``execution_time``, ``visibility``, and ``tests`` with ``name``, ``score``,
``max_score``, ``status``, ``output`` and ``visibility``.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradcheck.homework.grading.filled_row import NOT_ASKED_FOR
from gradcheck.homework.grading.grade_one import Graded
from gradcheck.homework.grading.graded_part import GradedPart
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.show.files import write_whole
from gradcheck.show.text import plain_text
from gradcheck.verdicts.verdict import Verdict

__all__ = ["gradescope_results", "not_graded", "write_gradescope"]

VISIBLE, HIDDEN = "visible", "hidden"


def write_gradescope(path: Path, results: Mapping[str, Any]) -> None:
    """Write ``results.json``.

    Raises:
        BadInput: it cannot be written.

    """
    text = json.dumps(results, indent=2, allow_nan=False) + "\n"
    write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))


def gradescope_results(graded: Graded, task: Task) -> dict[str, Any]:
    """The results of one submission, as Gradescope reads them.

    Students see a test for each part. One more test, which only the lecturer sees, says what is
    unusual.

    Args:
        graded: the submission.
        task: what was asked for.

    """
    row = graded.row
    if graded.parts:
        tests = [_test_of(part, task.hints) for part in graded.parts]
    else:
        tests = [_failed_test(part, row.error) for part in task.parts]
    if row.remarks:
        tests.append(
            {
                "name": "For the lecturer: what is unusual",
                "score": 0.0,
                "max_score": 0.0,
                "output": row.remarks,
                "visibility": HIDDEN,
            }
        )
    score = sum(test["score"] for test in tests)
    return {
        "score": round(score, 2),
        "execution_time": round(row.seconds),
        "output": f"{task.title}: {row.verdict}".removeprefix(": "),
        "visibility": VISIBLE,
        "stdout_visibility": HIDDEN,
        "tests": tests,
    }


def not_graded(task: Task, reason: str) -> dict[str, Any]:
    """The results where nothing was graded, by no fault of the student's.

    Gradescope needs a score. The text beside it says that it is none.

    Args:
        task: what was asked for.
        reason: in one line; only the lecturer sees it.

    """
    most = task.points or 0.0
    hidden = {"name": "For the lecturer: why nothing was graded", "output": reason}
    return {
        "score": 0.0,
        "output": "This submission was not graded, so the 0 points are no grade. It is no fault of "
        "yours. Your lecturer can see why, and can grade it again.",
        "visibility": VISIBLE,
        "stdout_visibility": HIDDEN,
        "tests": [{**hidden, "score": 0.0, "max_score": most, "visibility": HIDDEN}],
    }


def _test_of(part: GradedPart, hints: int | None) -> dict[str, Any]:
    """The test of a part that was checked."""
    agrees = part.found.verdict is Verdict.AGREE
    return {
        "name": part.name,
        "score": part.points or 0.0,
        "max_score": part.task.points or 0.0,
        "status": "passed" if agrees and not part.found.unlike_reference else "failed",
        "output": _told(part, hints),
        "visibility": VISIBLE,
    }


def _failed_test(task: PartTask, error: str) -> dict[str, Any]:
    """The test of a part that could not be looked at."""
    return {
        "name": task.how.class_name or "homework",
        "score": 0.0,
        "max_score": task.points or 0.0,
        "status": "failed",
        "output": error,
        "visibility": VISIBLE,
    }


def _told(part: GradedPart, hints: int | None) -> str:
    """What a student is told: the verdict on each part, and the mistake or hints."""
    found = part.found
    if found.report is None:
        return "\n".join(filter(None, (found.failure, found.traceback)))
    shown = found if hints is None else found.as_hints(max(hints, 1))
    lines = [f"{array.name}: {_word(array.counts)}" for array in part.arrays]
    lines += [f"{name}: missing" for name in part.missing]
    if hints == 0:
        lines = [f"The gradients are {'right' if found.verdict is Verdict.AGREE else 'not right'}."]
    else:
        reports = [each.report for each in shown.parts] if shown.is_library else [shown.report]
        for report in reports:
            assert report is not None
            lines.append(plain_text(report.conclusion_parts()).strip())
        if shown.likely_cause is not None:
            lines.append(shown.likely_cause.sentence)
    if found.unlike_reference:
        lines.append(f"{NOT_ASKED_FOR}: {found.unlike_reference}.")
    if part.takes_differences:
        lines.append("backprop takes differences of the cost; it should apply the chain rule.")
    return "\n".join(lines)


def _word(counts: dict[str, int]) -> str:
    if counts["disagree"]:
        return "wrong"
    return "right" if counts["agree"] else "not decided"
