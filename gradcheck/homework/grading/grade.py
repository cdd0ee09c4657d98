"""Grade submissions, some at a time; rows that are up to date are kept."""

import contextlib
import itertools
import os
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

from gradcheck.homework.grading.copy_submission import remove_folder
from gradcheck.homework.grading.fingerprint import fingerprint
from gradcheck.homework.grading.grade_one import Graded, Where, grade_one
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.isolation import Isolation
from gradcheck.homework.process.limits import Limits

__all__ = ["Graded", "grade"]

# How often Ctrl-C is looked for while checks run: some systems do not interrupt a wait.
POLL_SECONDS = 0.2
# The folder of a run is called so, then its process number, then something random.
PREFIX = "gradcheck-grade-"


def grade(
    handed_in: Sequence[HandedIn],
    task: Task,
    *,
    jobs: int = 1,
    finished: Mapping[str, Row] | None = None,
    isolation: Isolation | None = None,
    keep: Path | None = None,
) -> Iterator[Graded]:
    """Grade submissions: a row for each, first those that are kept, then each as it is finished.

    Args:
        handed_in: the submissions.
        task: what was asked for.
        jobs: how many are checked at a time.
        finished: rows of a former run, by submission; those that are up to date are kept.
        isolation: keeps the code from everything else; None for none.
        keep: a folder in which the copies that ran are kept; None to remove them.

    """
    due: list[tuple[HandedIn, str]] = []
    for each in handed_in:
        digest = fingerprint(each, task)
        row = (finished or {}).get(each.name)
        if row is not None and row.hash == digest:
            yield Graded(row, kept=True)
        else:
            due.append((each, digest))
    if not due:
        return
    # Ctrl-C, or an end of the iteration, ends the processes too.
    stop = threading.Event()
    with _folder(keep) as folder:
        where = Where(folder, isolation, keeps=keep is not None)
        pool = ThreadPoolExecutor(max_workers=jobs)
        try:
            yield from _in_pool(pool, jobs, due, task, Limits(stop=stop), where)
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _in_pool(
    pool: ThreadPoolExecutor,
    jobs: int,
    due: Iterable[tuple[HandedIn, str]],
    task: Task,
    limits: Limits,
    where: Where,
) -> Iterator[Graded]:
    """Each as it is finished; no more are begun than work at a time, so a class may be large."""
    waiting = iter(due)
    running: set[Future[Graded]] = set()
    while True:
        for each, digest in itertools.islice(waiting, jobs - len(running)):
            running.add(pool.submit(grade_one, each, digest, task, limits, where))
        if not running:
            return
        ended, running = wait(running, POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in ended:
            yield future.result()


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder for all copies: one to keep, or one that is removed in the end."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    _remove_what_was_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        remove_folder(folder)


def _remove_what_was_left() -> None:
    """Remove the folders of runs that were killed before they could do it."""
    import psutil

    for each in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = each.name.removeprefix(PREFIX).partition("-")[0]
        with contextlib.suppress(OSError):
            own = sys.platform == "win32" or each.stat().st_uid == os.getuid()
            if own and number.isdecimal() and not psutil.pid_exists(int(number)):
                remove_folder(each)
