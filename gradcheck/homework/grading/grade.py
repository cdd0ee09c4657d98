"""Grade submissions, some at a time; rows that are up to date are kept."""

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path

from gradcheck.homework.grading.fingerprint import fingerprint
from gradcheck.homework.grading.grade_one import Graded, Where, grade_one
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.on_workers import graded_on_workers
from gradcheck.homework.grading.run_folder import run_folder
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.isolation import Isolation
from gradcheck.homework.process.limits import Limits

__all__ = ["Graded", "Watch", "grade"]

# Called with the names of submissions and the seconds since each was begun, the longest first.
Watch = Callable[[Sequence[tuple[str, float]]], None]

# Seconds between two looks for Ctrl-C while checks run: some systems do not interrupt a wait.
# Chosen.
POLL_SECONDS = 0.2


def grade(
    handed_in: Sequence[HandedIn],
    task: Task,
    *,
    jobs: int = 1,
    finished: Mapping[str, Row] | None = None,
    isolation: Isolation | None = None,
    keep: Path | None = None,
    executor: Executor | None = None,
    isolate: bool | None = None,
    wants_parts: bool = True,
    watch: Watch | None = None,
) -> Iterator[Graded]:
    """Grade submissions: a row for each, first those that are kept, then each as it is finished.

    Args:
        handed_in: the submissions.
        task: what was asked for.
        jobs: how many are checked at a time.
        finished: rows of a former run, by submission; those that are up to date are kept.
        isolation: keeps the code from everything else; None for none.
        keep: a folder in which the copies that ran are kept; None to remove them.
        executor: whose workers check the submissions, not this computer; or ``WorkersGone``.
        isolate: whether such workers must isolate the code (True) or must not (False).
        wants_parts: whether all that was found comes back from such workers, or only the rows.
        watch: called again and again with what is being checked here: see ``Watch``.

    """
    due: list[tuple[HandedIn, str]] = []
    for each in handed_in:
        digest, row = fingerprint(each, task), (finished or {}).get(each.name)
        if row is not None and row.hash == digest:
            yield Graded(row, kept=True)
        else:
            due.append((each, digest))
    if not due:
        return
    if executor is not None:
        yield from graded_on_workers(executor, due, task, isolate=isolate, wants_parts=wants_parts)
        return
    # Ctrl-C, or an end of the iteration, ends the processes too.
    stop = threading.Event()
    with run_folder(keep) as folder:
        where = Where(folder, isolation, keeps=keep is not None)
        pool = ThreadPoolExecutor(max_workers=jobs)
        try:
            yield from _in_pool(pool, jobs, due, task, Limits(stop=stop), where, watch)
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
    watch: Watch | None,
) -> Iterator[Graded]:
    """Each as it is finished; no more are begun than work at a time, so a class may be large."""
    waiting = iter(due)
    # The name of each that runs, and when it was begun; in this order.
    running: dict[Future[Graded], tuple[str, float]] = {}
    while True:
        for each, digest in itertools.islice(waiting, jobs - len(running)):
            future = pool.submit(grade_one, each, digest, task, limits, where)
            running[future] = each.name, time.monotonic()
        if not running:
            return
        ended, _ = wait(running, POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in ended:
            del running[future]
            yield future.result()
        if watch is not None:
            now = time.monotonic()
            watch([(name, now - begun) for name, begun in running.values()])
