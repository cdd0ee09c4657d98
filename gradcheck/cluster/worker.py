"""The side of a worker: it keeps the jobs that it was sent, and does their pieces."""

import os
import platform
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gradcheck.cluster.job import Job
from gradcheck.cluster.versions import Versions, versions_here

__all__ = ["Done", "Lacking", "Piece", "do_piece", "stop_run"]

# Jobs that a worker keeps. A check has one; a second one is for another client of the same cluster.
JOBS_KEPT = 2
# Runs whose stop is remembered. A piece of an older run cannot be on its way any more.
RUNS_KEPT = 64

Value = TypeVar("Value")


@dataclass(frozen=True)
class Piece:
    """One piece of work, as it is sent.

    Attributes:
        digest: of the job that it belongs to.
        run: the run of the client, a text of its own.
        what: is to be done, in the job's own terms.

    """

    digest: str
    run: str
    what: Any


@dataclass(frozen=True)
class Done:
    """A piece was done: by which worker, and its result."""

    worker: str
    result: Any


@dataclass(frozen=True)
class Lacking:
    """A piece was not done: this worker does not have its job. It says what its versions are."""

    worker: str
    versions: Versions


@dataclass
class _Kept:
    """What this process keeps between pieces. Threads share all of it but what they started."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    stops: OrderedDict[str, threading.Event] = field(default_factory=OrderedDict)
    of_thread: threading.local = field(default_factory=threading.local)

    def job(self, digest: str, sent: Job | None) -> Job | None:
        """The job with a digest; it is kept if it was sent now."""
        with self.lock:
            if sent is not None:
                return _latest(self.jobs, digest, lambda: sent, JOBS_KEPT)
            if digest in self.jobs:
                self.jobs.move_to_end(digest)
            return self.jobs.get(digest)

    def stop(self, run: str) -> threading.Event:
        """The event that stops a run."""
        with self.lock:
            return _latest(self.stops, run, threading.Event, RUNS_KEPT)

    def started(self, digest: str, job: Job) -> Callable[[Any, threading.Event], Any]:
        """The function that does the pieces of a job in this thread."""
        if not hasattr(self.of_thread, "started"):
            self.of_thread.started = OrderedDict()
        started: OrderedDict[str, Callable[[Any, threading.Event], Any]] = self.of_thread.started
        return _latest(started, digest, job.started, JOBS_KEPT)


# Of this process: an executor hands over functions and arguments only, so there is no other place.
_KEPT = _Kept()


def do_piece(piece: Piece, job: Job | None = None) -> Done | Lacking:
    """Do one piece, if this worker has its job.

    Args:
        piece: of work.
        job: that it belongs to, where it is sent along; None where the worker should have it.

    """
    worker = f"{platform.node()}:{os.getpid()}"
    known = _KEPT.job(piece.digest, job)
    if known is None:
        return Lacking(worker, versions_here())
    do = _KEPT.started(piece.digest, known)
    return Done(worker, do(piece.what, _KEPT.stop(piece.run)))


def stop_run(run: str) -> None:
    """Tell the pieces of a run that are being done in this process that nobody wants them."""
    _KEPT.stop(run).set()


def _latest(kept: OrderedDict[str, Value], key: str, make: Callable[[], Value], most: int) -> Value:
    """The value of a key, made if it is not there; the values used last are kept."""
    if key not in kept:
        while len(kept) >= most:  # first, so that there is room for the new one
            kept.popitem(last=False)
        kept[key] = make()
    kept.move_to_end(key)
    return kept[key]
