"""Grade one submission, in a copy of it: a row of the table, and all that was found."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.finding import GUESS
from gradcheck.homework.grading.copy_submission import Copied, copy_submission, remove_folder
from gradcheck.homework.grading.grade_table import Row, line_text
from gradcheck.homework.grading.graded_part import GradedPart, with_missing_as_wrong, worst_of
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.limit_words import without_options
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.process.isolation import Isolation
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import one_line

__all__ = ["NOT_ASKED_FOR", "Graded", "Where", "grade_one"]

NOT_ASKED_FOR = "It does not compute what was asked for"
LONGEST_NAME = 60  # characters of the name of a folder: paths are limited on Windows
NOT_ISOLATED = (
    "It was not isolated: it could reach your files, your other processes and the network."
)


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
        parts = tuple(_graded_part(part, copied, limits) for part in task.parts)
        remarks = [*each.remarks, *copied.remarks, *copied.changes()]
        row = _filled(row, parts, remarks, where.isolation is not None)
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


def _graded_part(task: PartTask, copied: Copied, limits: Limits) -> GradedPart:
    """Check one part, with each of its seeds."""
    found = []
    for seed in task.seeds:
        asked = replace(
            task.how,
            path=copied.path,
            workplace=copied.workplace,
            seed=seed,
            limits=replace(task.how.limits, stop=limits.stop),
        )
        checked = check_submission(
            asked, sample=task.sample, digits=task.digits, reference=task.reference
        )
        if task.is_assigned:
            checked = without_options(with_missing_as_wrong(checked), task.how.limits)
        found.append(checked)
        if found[-1].report is None:
            break  # with another seed it would take as long again
    return GradedPart(task, worst_of(found))


def _filled(row: Row, parts: Sequence[GradedPart], remarks: Sequence[str], isolated: bool) -> Row:
    """The row, with what the checks found."""
    worst = worst_of([part.found for part in parts])
    several = len(parts) > 1

    def joined(texts: Sequence[str]) -> str:
        named = [
            f"{part.name}: {text}" if several else text
            for part, text in zip(parts, texts, strict=True)
            if text
        ]
        return line_text("; ".join(dict.fromkeys(named)))

    arrays = [(part.count, part.arrays_right or 0.0) for part in parts]
    total = sum(count for count, _ in arrays)
    right = sum(count * share for count, share in arrays) / total if total else None
    sharp = [part.sharpness for part in parts]
    points = [part.points for part in parts if part.points is not None]
    said = [_remarks(part, isolated=isolated) for part in parts]
    return replace(
        row,
        verdict=worst.word,
        arrays_right=None if right is None else round(right, 4),
        first_wrong=joined([part.first_wrong for part in parts]),
        likely_cause=joined([part.likely_cause for part in parts]),
        error=joined([part.found.failure for part in parts]),
        remarks=line_text(" ".join(filter(None, (joined(said), *remarks)))),
        points=round(sum(points), 2) if points else None,
        cost_taken=joined([part.found.cost for part in parts]),
        sharpness=None if None in sharp else float(f"{max(filter(None, sharp), default=0.0):.3g}"),
        format=joined([part.found.format for part in parts]),
    )


def _remarks(part: GradedPart, *, isolated: bool) -> str:
    """What is unusual about the code, and what the report says beside its verdict."""
    found = part.found
    said = [each.text for each in found.findings if each.kind != GUESS]
    if found.unlike_reference:
        said.append(f"{NOT_ASKED_FOR}: {found.unlike_reference}.")
    if found.report is not None:
        said += found.report.remarks
    if not isolated and found.deeds:
        said.append(NOT_ISOLATED)
    return " ".join(said)
