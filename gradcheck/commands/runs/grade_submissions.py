"""``gradcheck grade``: grade the submissions, and show and keep each row when it is finished."""

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from gradcheck.commands.options.grading import GradingOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of_all
from gradcheck.commands.output.grades import json_of_grades, row_text, summary_text
from gradcheck.commands.output.running_progress import RunningProgress
from gradcheck.commands.output.streams import notice, show, write_json, write_out
from gradcheck.commands.runs.asked_for import assignment_of, isolation_for, wanted_isolation
from gradcheck.commands.runs.cluster import workers_of
from gradcheck.homework.grading.fingerprint import task_digest
from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.grade_pages import (
    CheckedPart,
    expect_page_folder,
    page_name,
    points_text,
    write_index,
    write_pages,
)
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.kept_table import KeptTable, locked
from gradcheck.homework.grading.mistakes import (
    draw_mistakes,
    mistakes_of,
    mistakes_table,
    mistakes_text,
)
from gradcheck.homework.grading.same_code import same_code, with_same_code
from gradcheck.homework.grading.task import Task
from gradcheck.homework.grading.unknown_parts import unknown_parts
from gradcheck.homework.submission import expect_file
from gradcheck.show.figures import save_figure

__all__ = ["grade_submissions"]

SEALED = ".sealed"  # ends the name of the answers that gradcheck exercise --class writes
NAMES_SHOWN = 5  # of files that are skipped: as many as fit into a line


def grade_submissions(asked: GradingOptions, output: OutputOptions) -> ExitCode:
    """Grade all submissions in a folder.

    Raises:
        BadInput: there is no such folder, nothing in it, or the CSV file holds something else.

    """
    assert asked.folder is not None
    assignment = assignment_of(asked)
    task, table = assignment.task, output.csv_file
    passed_over = [each.name for each in task.provided]
    handed_in, skipped = find_submissions(asked.folder, task.files, passed_over)
    handed_in = [each for each in handed_in if _resolved(each.path) not in _adapters(task)]
    output.expect_writable_files()
    if asked.pages is not None:
        expect_page_folder(asked.pages)
    isolation = None if asked.cluster is not None else isolation_for(asked, assignment)
    with nullcontext() if table is None else locked(table), workers_of(asked.cluster) as workers:
        kept = None if table is None else KeptTable.read(table)
        if kept is not None:
            _outdate(kept, task)
        known = (table, output.plot, asked.assignment)
        names = [each.name for each in known if each is not None]
        _tell_skipped([name for name in skipped if name not in names and not name.endswith(SEALED)])
        progress = RunningProgress(len(handed_in))
        graded = grade(
            handed_in,
            task,
            jobs=asked.jobs or os.cpu_count() or 1,
            finished=None if kept is None else kept.rows,
            isolation=isolation,
            keep=asked.keep,
            executor=workers,
            isolate=wanted_isolation(asked, assignment),
            wants_parts=asked.pages is not None,
            watch=progress.show,
        )
        others = same_code(handed_in, task.provided)
        graded = (replace(each, row=with_same_code(each.row, others)) for each in graded)
        if asked.pages is not None:
            graded = _with_pages(graded, asked.pages, task)
        rows = _shown(graded if kept is None else _kept(graded, kept), progress, output)
    _conclude(asked, task, rows, output)
    return exit_code_of_all(row.verdict for row in rows)


def _conclude(
    asked: GradingOptions, task: Task, rows: Sequence[Row], output: OutputOptions
) -> None:
    """Show how all of the class did."""
    if asked.assignment is not None:
        for name in unknown_parts(rows, task):
            notice(f"no submission has {name}; is the name in {asked.assignment.name} right?")
    if asked.keep is not None:
        notice(
            f"the copies of the submissions that were checked now are kept in {asked.keep}: a "
            "folder for each, with what it wrote (homework, home, tmp and cache)"
        )
    found = mistakes_of(rows)
    if output.plot is not None:
        title = task.title or "What the class handed in"
        save_figure(draw_mistakes(found, title), output.plot, mistakes_text(found))
    if asked.pages is not None:
        records = [row.to_dict() for row in sorted(rows, key=lambda row: row.submission)]
        write_index(asked.pages, records, summary_text(rows), task.title or "Grades")
        _tell_without_pages(asked.pages, rows)
    if output.as_json:
        write_json("grade", json_of_grades(asked, task, rows))
        return
    if asked.assignment is not None:
        write_out("\n")
        show([mistakes_table(found)], plain=output.plain)
        write_out(f"{summary_text(rows)}\n")
    else:
        write_out(f"\n{summary_text(rows)}\n")


def _tell_without_pages(folder: Path, rows: Sequence[Row]) -> None:
    """Say which rows of a former run have no page: only what is checked now gets one."""
    names = [row.submission for row in rows if not (folder / page_name(row.submission)).exists()]
    if names:
        more = ", ..." if len(names) > NAMES_SHOWN else ""
        notice(
            f"{len(names)} of {len(rows)} submissions have no page, since they were graded before "
            f"({', '.join(names[:NAMES_SHOWN])}{more}). Delete their rows to have them graded again"
        )


def _outdate(kept: KeptTable, task: Task) -> None:
    """Empty the rows of another assignment; a spreadsheet that has the table open is told of.

    Raises:
        BadInput: the table cannot be written.

    """
    count = kept.outdate(task_digest(task))
    if count:
        notice(
            f"{kept.path.name} has {count} rows of another assignment or of other options; they "
            "are emptied, and graded again if they are in the folder"
        )


def _adapters(task: Task) -> list[Path]:
    """The adapters of all parts, which are no submissions.

    Raises:
        BadInput: one is not there.

    """
    found = [part.how.adapter for part in task.parts if part.how.adapter is not None]
    for each in found:
        expect_file(each, "adapter.py")
    return [each.resolve() for each in found]


def _resolved(path: Path | None) -> Path | None:
    return None if path is None else path.resolve()


def _tell_skipped(names: Sequence[str]) -> None:
    if names:
        more = ", ..." if len(names) > NAMES_SHOWN else ""
        notice(f"skipped, no Python and no notebook: {', '.join(names[:NAMES_SHOWN])}{more}")


def _with_pages(graded: Iterator[Graded], folder: Path, task: Task) -> Iterator[Graded]:
    """Write the page of each submission that was checked now; the others have theirs already."""
    settings = task.title or "Checked by gradcheck grade."
    for each in graded:
        if not each.kept:
            parts = [CheckedPart(part.name, part.found) for part in each.parts]
            row = each.row
            about = [points_text(row, task), f"Remarks: {row.remarks}" if row.remarks else ""]
            write_pages(folder, row.submission, row.error, parts, settings, about=about)
        yield each


def _kept(graded: Iterator[Graded], table: KeptTable) -> Iterator[Graded]:
    """Write each new row to the table before it goes on, so that an interruption loses none."""
    for each in graded:
        known = table.rows.get(each.row.submission)
        is_new = known is None or replace(each.row, added=known.added) != known
        if is_new and (trouble := table.add(each.row)):
            notice(f"{trouble}; is it open in a spreadsheet? Close it: the grading goes on")
        yield each
    other = table.finish()
    if other is not None:
        notice(f"{table.path} still cannot be written, so the table is in {other}")


def _shown(graded: Iterator[Graded], progress: RunningProgress, output: OutputOptions) -> list[Row]:
    """Show each row when it is finished; if JSON comes in the end, only how many there are."""
    rows: list[Row] = []
    with progress:
        for each in graded:
            rows.append(each.row)
            progress.finished += 1
            if not output.as_json:
                progress.clear()
                write_out(row_text(each.row, kept=each.kept))
    return rows
