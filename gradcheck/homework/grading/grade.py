"""Grade submissions, some at a time; rows that are up to date are kept."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.disagreement import first_wrong
from gradcheck.homework.finding import ODDITY
from gradcheck.homework.grading.fingerprint import fingerprint
from gradcheck.homework.grading.grade_table import Row, cell_text
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.student_text import one_line
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.array_report import ArrayReport

__all__ = ["Graded", "grade"]

# How often Ctrl-C is looked for while checks run: some systems do not interrupt a wait.
POLL_SECONDS = 0.2


@dataclass(frozen=True)
class Graded:
    """A row of the table of grades.

    Attributes:
        row: how the submission was graded.
        kept: whether it is a row of a former run.

    """

    row: Row
    kept: bool = False


def grade(
    handed_in: Sequence[HandedIn],
    how: Submission,
    *,
    jobs: int = 1,
    sample: int | None = None,
    finished: Mapping[str, Row] | None = None,
) -> Iterator[Graded]:
    """Grade submissions: a row for each, first those that are kept, then each as it is finished.

    Args:
        handed_in: the submissions.
        how: each is checked; the path in it is replaced by the submission's.
        jobs: how many are checked at a time.
        sample: how many entries of each array are checked at most; None for all.
        finished: rows of a former run, by submission; those that are up to date are kept.

    """
    due = []
    for each in handed_in:
        digest = fingerprint(each, how, sample)
        row = (finished or {}).get(cell_text(each.name))
        if row is not None and row.hash == digest:
            yield Graded(row, kept=True)
        else:
            due.append((each, digest))
    # Ctrl-C, or an end of the iteration, ends the processes too.
    stop = threading.Event()
    how = replace(how, limits=replace(how.limits, stop=stop))
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        running: set[Future[Row]] = {
            pool.submit(_row_of, each, digest, how, sample) for each, digest in due
        }
        while running:
            ended, running = wait(running, POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in ended:
                yield Graded(future.result())
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _row_of(each: HandedIn, digest: str, how: Submission, sample: int | None) -> Row:
    """The row of one submission; if anything goes wrong, the row says so."""
    row = Row(cell_text(each.name), "failed", hash=digest)
    if each.path is None:
        return replace(row, error=each.problem)
    try:
        found = check_submission(replace(how, path=each.path), sample=sample)
    except Exception as error:
        # No error may end the grading of the other submissions.
        return replace(row, error=f"gradcheck itself failed: {one_line(error)}")
    return _filled(row, found)


def _filled(row: Row, found: SubmissionReport) -> Row:
    """The row, with what a check found."""
    row = replace(
        row,
        verdict=found.word,
        seconds=round(found.seconds["check"], 3),
        error=found.failure,
        remarks=_remarks(found),
    )
    if found.report is None:
        return row
    arrays, cause = found.report.arrays, found.likely_cause
    wrong = first_wrong(found.report)
    return replace(
        row,
        arrays_right=round(sum(map(_is_right, arrays)) / len(arrays), 4),
        first_wrong="" if wrong is None else wrong.name,
        likely_cause="" if cause is None else f"{cause.name}: {cause.evidence}",
    )


def _remarks(found: SubmissionReport) -> str:
    """What is unusual about the class, and what the report says beside its verdict."""
    odd = [each.text for each in found.findings if each.kind == ODDITY]
    said = [] if found.report is None else found.report.remarks
    return " ".join([*odd, *said])


def _is_right(array: ArrayReport) -> bool:
    return array.counts["agree"] > 0 and array.counts["disagree"] == 0
