"""``gradcheck grade``: grade the submissions, and show and keep each row when it is finished."""

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from gradcheck.commands.options.common import MEGABYTE
from gradcheck.commands.options.grading import GradingOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of_all
from gradcheck.commands.output.grades import json_of_grades, row_text, summary_text
from gradcheck.commands.output.running_progress import RunningProgress
from gradcheck.commands.output.streams import notice, show, write_json, write_out
from gradcheck.commands.runs.cluster import workers_of
from gradcheck.homework.grading.assignment import Assignment, read_assignment
from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.grade_pages import (
    CheckedPart,
    expect_page_folder,
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
from gradcheck.homework.grading.task import Task
from gradcheck.homework.grading.unknown_parts import unknown_parts
from gradcheck.homework.process.isolation import Isolation, find_isolation
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission import Submission, expect_file
from gradcheck.show.figures import save_figure
from nets.errors import BadInput

__all__ = ["assignment_of", "grade_submissions", "isolation_for"]

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
        known = (table, output.plot, asked.assignment)
        names = [each.name for each in known if each is not None]
        _tell_skipped([name for name in skipped if name not in names])
        progress = RunningProgress(len(handed_in))
        graded = grade(
            handed_in,
            task,
            jobs=asked.jobs or os.cpu_count() or 1,
            finished=None if kept is None else kept.rows,
            isolation=isolation,
            keep=asked.keep,
            executor=workers,
            isolate=_wanted(asked, assignment),
            wants_parts=asked.pages is not None,
            watch=progress.show,
        )
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
    found = mistakes_of(rows)
    if output.plot is not None:
        title = task.title or "What the class handed in"
        save_figure(draw_mistakes(found, title), output.plot, mistakes_text(found))
    if asked.pages is not None:
        records = [row.to_dict() for row in rows]
        write_index(asked.pages, records, summary_text(rows), task.title or "Grades")
    if output.as_json:
        write_json("grade", json_of_grades(asked, task, rows))
        return
    if asked.assignment is not None:
        write_out("\n")
        show([mistakes_table(found)], plain=output.plain)
        write_out(f"{summary_text(rows)}\n")
    else:
        write_out(f"\n{summary_text(rows)}\n")


def _adapters(task: Task) -> list[Path]:
    """The adapters of all parts, which are no submissions.

    Raises:
        BadInput: one is not there.

    """
    found = [part.how.adapter for part in task.parts if part.how.adapter is not None]
    for each in found:
        expect_file(each, "adapter.py")
    return [each.resolve() for each in found]


def isolation_for(asked: GradingOptions, assignment: Assignment) -> Isolation | None:
    """How the code is isolated: as it can be here, unless something else was asked for.

    Raises:
        BadInput: it was demanded, and cannot be.

    """
    wanted = _wanted(asked, assignment)
    if wanted is False:
        return None
    state = find_isolation()
    if state.isolation is None:
        if wanted:
            raise BadInput(f"--isolate is not possible here: {state.reason}")
        return None
    return replace(
        state.isolation, hidden=() if asked.folder is None else (asked.folder.resolve(),)
    )


def _wanted(asked: GradingOptions, assignment: Assignment) -> bool | None:
    """Whether isolation is demanded or refused; the command line goes before the assignment."""
    return assignment.isolate if asked.isolate is None else asked.isolate


def _resolved(path: Path | None) -> Path | None:
    return None if path is None else path.resolve()


def _tell_skipped(names: Sequence[str]) -> None:
    if names:
        more = ", ..." if len(names) > NAMES_SHOWN else ""
        notice(f"skipped, no Python and no notebook: {', '.join(names[:NAMES_SHOWN])}{more}")


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


def _with_pages(graded: Iterator[Graded], folder: Path, task: Task) -> Iterator[Graded]:
    """Write the page of each submission that was checked now; the others have theirs already."""
    settings = task.title or "Checked by gradcheck grade."
    for each in graded:
        if not each.kept:
            parts = [CheckedPart(part.name, part.found) for part in each.parts]
            write_pages(folder, each.row.submission, each.row.error, parts, settings)
        yield each


def _kept(graded: Iterator[Graded], table: KeptTable) -> Iterator[Graded]:
    """Write each new row to the table before it goes on, so that an interruption loses none."""
    for each in graded:
        if not each.kept and (trouble := table.add(each.row)):
            notice(f"{trouble}; is it open in a spreadsheet? Close it: the grading goes on")
        yield each
    other = table.finish()
    if other is not None:
        notice(f"{table.path} cannot be written still, so the table is in {other}")


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
