"""Grade one submission, in a copy of it: a row of the table, and all that was found."""

import itertools
import time
from dataclasses import dataclass, replace
from pathlib import Path

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.disagreement import common_factor
from gradcheck.homework.finding import oddity
from gradcheck.homework.grading.copy_submission import Copied, copy_submission, remove_folder
from gradcheck.homework.grading.filled_row import filled
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.graded_part import GradedPart, with_missing_as_wrong, worst_of
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.limit_words import without_options
from gradcheck.homework.grading.table_cells import line_text
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.process.isolation import Isolation
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import one_line
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT
from gradcheck.verdicts.verdict import Verdict

__all__ = ["Graded", "Where", "grade_one"]

LEAST_SECONDS = 0.1  # of time left; with less no process starts
LONGEST_NAME = 60  # characters of the name of a folder: paths are limited on Windows


@dataclass(frozen=True)
class Graded:
    """How one submission was graded.

    Attributes:
        row: of the table of grades.
        kept: whether it is a row of a former run.
        parts: all that was found, for each part of the task; empty for a row that was kept, and
            where nothing could be checked.

    """

    row: Row
    kept: bool = False
    parts: tuple[GradedPart, ...] = ()


@dataclass(frozen=True)
class Where:
    """Where submissions are graded.

    Attributes:
        folder: in which each gets folders of its own.
        isolation: keeps the code from everything else; None where there is none.
        keeps: whether the copies are kept.

    """

    folder: Path
    isolation: Isolation | None = None
    keeps: bool = False


def grade_one(each: HandedIn, digest: str, task: Task, limits: Limits, where: Where) -> Graded:
    """Grade one submission; if anything goes wrong, its row says so.

    Args:
        each: the submission.
        digest: its fingerprint.
        task: what was asked for.
        limits: hold the event that stops it; the others are those of the task.
        where: it is graded.

    """
    row = Row(line_text(each.name), "failed", hash=digest)
    if task.points is not None:
        row = replace(row, points=0.0, max_points=task.points)
    if each.path is None:
        return Graded(replace(row, error=line_text(each.problem)))
    try:
        root = _new_folder(where.folder, each.name)
    except OSError as error:
        return Graded(replace(row, error=line_text(f"There is no room for a copy: {error}")))
    begun = time.perf_counter()
    try:
        adapters = [part.how.adapter for part in task.parts if part.how.adapter is not None]
        readable = tuple(path.resolve() for path in adapters)
        workplace = Workplace(root.resolve(), where.isolation, readable)
        copied = copy_submission(each, workplace, task.files, task.provided)
        parts = tuple(_graded_part(part, copied, limits, begun) for part in task.parts)
        remarks = [*each.remarks, *copied.remarks, *copied.changes()]
        row = filled(row, parts, remarks, where.isolation is not None)
        return Graded(replace(row, seconds=round(time.perf_counter() - begun, 3)), parts=parts)
    except StudentError as error:
        return Graded(replace(row, error=line_text(error.line)))
    except Exception as error:
        # No error may end the grading of the other submissions.
        return Graded(replace(row, error=line_text(f"gradcheck itself failed: {one_line(error)}")))
    finally:
        if not where.keeps:
            remove_folder(root)


def _new_folder(folder: Path, name: str) -> Path:
    """A new folder with a name that is made of the name of a submission."""
    safe = "".join(each if each.isalnum() or each in "-_. ()" else "_" for each in name)
    safe = safe[:LONGEST_NAME].strip(". ") or "submission"
    for number in itertools.count(1):
        path = folder / (safe if number == 1 else f"{safe} ({number})")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise AssertionError("there is always a next number")


def _graded_part(task: PartTask, copied: Copied, limits: Limits, begun: float) -> GradedPart:
    """Check one part, with each of its seeds, in the time that is left for the submission."""
    found = []
    whole = task
    for seed in whole.seeds:
        left = _time_left(whole.how.limits, begun)
        if left is None:
            found.append(SubmissionReport(None, failure=_out_of_time(whole.how.limits)))
            break
        task = replace(whole, how=replace(whole.how, limits=left))
        checked = _checked(task, copied, limits, seed)
        if task.how.cost is not None and task.is_assigned:
            checked = _with_own_cost(checked, task, copied, limits, seed)
        if task.is_assigned:
            checked = without_options(with_missing_as_wrong(checked), whole.how.limits)
        found.append(checked)
        if found[-1].report is None:
            break  # with another seed it would take as long again
    return GradedPart(whole, worst_of(found))


def _time_left(limits: Limits, begun: float) -> Limits | None:
    """The limits for what is still to be checked of a submission; None if no time is left."""
    if limits.total_seconds is None:
        return limits
    left = limits.total_seconds - (time.perf_counter() - begun)
    if left < LEAST_SECONDS:
        return None
    calls = min(limits.call_seconds, left)
    return replace(limits, total_seconds=left, call_seconds=calls)


def _out_of_time(limits: Limits) -> str:
    return (
        f"It was not checked: the submission took the {limits.total_seconds:g} seconds allowed in "
        "all for what came before"
    )


def _checked(task: PartTask, copied: Copied, limits: Limits, seed: int) -> SubmissionReport:
    """Check one part, with one seed."""
    asked = replace(
        task.how,
        path=copied.path,
        workplace=copied.workplace,
        seed=seed,
        limits=replace(task.how.limits, stop=limits.stop),
    )
    return check_submission(
        asked,
        sample=task.sample,
        digits=task.digits,
        reference=task.reference,
        by_name=task.is_assigned,
    )


def _with_own_cost(
    found: SubmissionReport, task: PartTask, copied: Copied, limits: Limits, seed: int
) -> SubmissionReport:
    """What was found; with its own cost, if that is the asked one times a constant.

    Its gradients are a positive multiple of those of the assignment's cost, and right for its own
    cost. So its own cost is that multiple of the asked one. This is another convention, and no
    mistake.
    """
    factor = None if found.report is None else common_factor(found.report.arrays)
    if found.verdict is not Verdict.DISAGREE or factor is None or factor <= 0.0:
        return found
    own = _checked(replace(task, how=replace(task.how, cost=None)), copied, limits, seed)
    if own.verdict is not Verdict.AGREE or own.cost in COSTS_OF_OUTPUT:
        return found
    assert task.how.cost is not None
    said = oddity(
        f"Its own cost is {factor:.6g} times the {COSTS_OF_OUTPUT[task.how.cost].title} that the "
        "assignment names. That is another convention, and no mistake."
    )
    return replace(own, findings=(*own.findings, said))
