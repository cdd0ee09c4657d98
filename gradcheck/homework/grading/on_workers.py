"""Grading on the workers of an executor: each submission is sent there, and its row comes back."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from gradcheck.cluster.exchange import Exchange
from gradcheck.homework.grading.grade_one import Graded, Where, grade_one
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.parcel import Parcel, TaskParcel, packed, packed_task
from gradcheck.homework.grading.run_folder import run_folder
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.isolation import isolation_hiding
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.student_code import StudentError

__all__ = ["graded_on_workers"]

# The folders of one submission on a worker.
TASK, HANDED_IN, COPIES = "task", "handed-in", "copies"


@dataclass(frozen=True)
class GradeJob:
    """What all submissions of a class have in common: a ``gradcheck.cluster.job.Job``.

    Attributes:
        task: what was asked for, with its files.
        isolate: whether isolation is demanded (True) or refused (False); None for wherever a
            worker can do it.
        wants_parts: whether all that was found comes back, and not only the row.

    """

    task: TaskParcel
    isolate: bool | None
    wants_parts: bool

    def started(self) -> Callable[[Parcel, threading.Event], Graded]:
        """See ``Job.started``."""
        return self._graded

    def _graded(self, parcel: Parcel, stop: threading.Event) -> Graded:
        """Grade one submission, in a folder of its own that is removed afterwards."""
        with run_folder(None) as folder:
            each = parcel.unpack(folder / HANDED_IN)
            task = _for_this_system(self.task.unpack(folder / TASK))
            (folder / COPIES).mkdir()
            isolation = isolation_hiding((folder / HANDED_IN,), self.isolate, where="on a worker")
            where = Where(folder / COPIES, isolation)
            graded = grade_one(each, parcel.digest, task, Limits(stop=stop), where)
        return graded if self.wants_parts else replace(graded, parts=())


def graded_on_workers(
    executor: Executor,
    due: Sequence[tuple[HandedIn, str]],
    task: Task,
    *,
    isolate: bool | None = None,
    wants_parts: bool = False,
) -> Iterator[Graded]:
    """Grade submissions on the workers of an executor, each as it is finished.

    Args:
        executor: threads, processes, or a cluster.
        due: the submissions, each with its fingerprint.
        task: what was asked for.
        isolate: see ``GradeJob``.
        wants_parts: likewise.

    Raises:
        BadInput: a worker cannot isolate the code, or has other versions.
        WorkersGone: the workers are gone.

    """
    unsent: list[Graded] = []

    def parcels() -> Iterator[Parcel]:
        for each, digest in due:
            parcel = _parcel(each, digest, task)
            if isinstance(parcel, Parcel):
                yield parcel
            else:
                unsent.append(parcel)

    exchange = Exchange(executor, GradeJob(packed_task(task), isolate, wants_parts))
    for _, graded in exchange.results(parcels()):
        yield graded
        while unsent:
            yield unsent.pop()
    yield from unsent


def _parcel(each: HandedIn, digest: str, task: Task) -> Parcel | Graded:
    """A submission to be sent; or how it is graded, if there is nothing to send."""
    if each.path is not None:
        try:
            return packed(each, digest)
        except StudentError as error:
            each = replace(each, path=None, problem=error.line)
    return grade_one(each, digest, task, Limits(), Where(Path()))


def _for_this_system(task: Task) -> Task:
    """The task with the limits that this system can set: that of the client may set others."""
    watch_memory = sys.platform != "linux"
    parts = tuple(
        replace(
            part,
            how=replace(part.how, limits=replace(part.how.limits, watch_memory=watch_memory)),
        )
        for part in task.parts
    )
    return replace(task, parts=parts)
