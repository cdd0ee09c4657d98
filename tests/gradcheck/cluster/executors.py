"""Executors and jobs for tests of the exchange: no process, no network."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck.cluster.job import Job
from gradcheck.cluster.remote import RemoteExecutor
from gradcheck.cluster.versions import Versions, versions_here
from gradcheck.cluster.worker import Done, Lacking, Piece


@dataclass(frozen=True)
class Adding:
    """Adds a number to each piece."""

    number: float

    def started(self) -> Callable[[float, threading.Event], float]:
        return lambda piece, stop: self.number + piece


@dataclass(frozen=True)
class Waiting:
    """Waits at each piece but 0, until nobody wants the result; or for so many seconds.

    A process that waits makes a file with its number in a folder, where there is one.
    """

    seconds: float
    folder: Path | None = None

    def started(self) -> Callable[[float, threading.Event], bool]:
        def wait(piece: float, stop: threading.Event) -> bool:
            if self.folder is not None:
                (self.folder / str(os.getpid())).touch()
            return piece != 0 and stop.wait(self.seconds)

        return wait


class FakeExecutor(Executor):
    """Several workers with a memory each, in this thread; they take turns.

    Attributes:
        jobs: what each worker holds.
        loads: how many jobs each worker was sent.

    """

    def __init__(self, workers: int = 3, versions: Versions | None = None) -> None:
        self.jobs: list[dict[str, Job]] = [{} for _ in range(workers)]
        self.loads = [0] * workers
        self.calls = 0
        self._versions = versions_here() if versions is None else versions

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(self.answer(self.calls % len(self.jobs), *args))
        except Exception as error:
            future.set_exception(error)
        self.calls += 1
        return future

    def answer(self, number: int, piece: Piece, job: Job | None = None) -> Done | Lacking:
        held, name = self.jobs[number], f"worker {number}"
        if job is not None:
            self.loads[number] += 1
            held[piece.digest] = job
        if piece.digest not in held:
            return Lacking(name, self._versions)
        return Done(name, held[piece.digest].started()(piece.what, threading.Event()))


class Forgetful(FakeExecutor):
    """A worker loses its memory now and then, as one that was killed and started again."""

    def answer(self, number: int, piece: Piece, job: Job | None = None) -> Done | Lacking:
        if self.calls % 7 == 6:
            self.jobs[number].clear()
        return super().answer(number, piece, job)


class Cancelling(FakeExecutor):
    """Some calls are cancelled by the executor, as when the data of a task is lost."""

    def __init__(self, cancelled: Sequence[int]) -> None:
        super().__init__()
        self._cancelled = cancelled

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if self.calls not in self._cancelled:
            return super().submit(fn, *args, **kwargs)
        self.calls += 1
        future: Future[Any] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


class LateJob(FakeExecutor):
    """The job is on its way to its one worker until ``arrive`` is called."""

    def __init__(self) -> None:
        super().__init__(1)
        self._on_its_way: list[tuple[Future[Any], Sequence[Any]]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        carries_job = len(args) == 2
        if not carries_job:
            return super().submit(fn, *args, **kwargs)
        self.calls += 1
        self._on_its_way.append((Future(), args))
        return self._on_its_way[-1][0]

    def arrive(self) -> None:
        while self._on_its_way:
            future, args = self._on_its_way.pop()
            future.set_result(self.answer(0, *args))


class Silent(RemoteExecutor):
    """A cluster that never answers; what it was told is kept."""

    def __init__(self, gone_after: int = 10**9) -> None:
        self.futures: list[Future[Any]] = []
        self.stopped: list[str] = []
        self.looks, self._gone_after = 0, gone_after

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.futures.append(Future())
        return self.futures[-1]

    def send_once(self, job: Job) -> Any:
        return job

    def expect_alive(self) -> None:
        from gradcheck.cluster.remote import WorkersGone

        self.looks += 1
        if self.looks > self._gone_after:
            raise WorkersGone("all gone")

    def stop(self, run: str) -> None:
        self.stopped.append(run)

    def reason(self, error: BaseException) -> str | None:
        return None
