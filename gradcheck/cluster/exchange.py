"""The side of the client: pieces go to the workers, and their results come back as they are done.

A piece names its job by a digest. A worker that does not have the job says so, and the piece is
sent again together with the job. So a job goes once to each worker, however many pieces there are,
and whatever worker an executor chooses for a piece.
"""

import contextlib
import queue
import uuid
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, field, replace
from typing import Any

from gradcheck.cluster.job import Job, digest_of
from gradcheck.cluster.remote import RemoteExecutor, WorkersGone
from gradcheck.cluster.versions import expect_same
from gradcheck.cluster.worker import Done, Lacking, Piece, do_piece, stop_run

__all__ = ["Exchange"]

# Pieces under way at the beginning. Each one that is done allows one more, so that the number
# doubles with each round: no worker is flooded before it has the job, ...
FIRST_PIECES = 4
# ... up to so many: four for each of a thousand workers. More would only take memory.
MOST_PIECES = 4096
# Seconds. How often Ctrl-C is looked for, and whether the cluster is alive.
POLL_SECONDS = 0.2
# A piece that was lost with its worker is sent again, at most so often. Dask itself gives it to
# four workers before it counts as lost. One that ends worker after worker must not go on.
MOST_LOSSES = 3


@dataclass(frozen=True)
class _Sent:
    """A piece under way.

    Attributes:
        number: of the piece.
        what: is to be done.
        carries_for: the worker that lacked the job, if the job was sent along; else None.
        waits_for: the worker that lacked the job while it was on its way there; else None.
        losses: how often it was lost.

    """

    number: int
    what: Any
    carries_for: str | None = None
    waits_for: str | None = None
    losses: int = 0


@dataclass
class Exchange:
    """The exchange of one job with the workers of an executor.

    Attributes:
        executor: that does the pieces.
        job: which they belong to.
        jobs_sent: how many pieces were sent together with the job.

    """

    executor: Executor
    job: Job
    jobs_sent: int = 0
    _digest: str = ""
    _run: str = field(default_factory=lambda: uuid.uuid4().hex)
    _handle: Any = None
    _most: int = FIRST_PIECES
    _being_helped: set[str] = field(default_factory=set)
    _awaited: set[str] = field(default_factory=set)  # of those, where pieces wait for the job

    def __post_init__(self) -> None:
        """Nothing is sent yet."""
        self._digest = digest_of(self.job)

    def results(self, pieces: Iterable[Any]) -> Generator[tuple[int, Any], None, None]:
        """The number of each piece, counted from 0, with its result, as they are done.

        If the iteration ends early, what is queued is cancelled, and what runs is told to stop.

        Args:
            pieces: what is to be done, in the job's own terms.

        Raises:
            BadInput: a worker has other versions than this process.
            WorkersGone: the workers are gone.

        """
        waiting, again = (_Sent(*each) for each in enumerate(pieces)), deque[_Sent]()
        running: dict[Future[Any], _Sent] = {}
        ended: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        whole = False
        try:
            while True:
                while len(running) < self._most:
                    next_one = self._ready(again)
                    if next_one is None and len(running) + len(again) < self._most:
                        next_one = next(waiting, None)
                    if next_one is None:
                        break
                    future = self._submit(next_one)
                    running[future] = next_one
                    future.add_done_callback(ended.put)
                if not running and not again:
                    whole = True
                    return
                done = self._next(ended)
                if done is None:
                    continue
                sent = running.pop(done)
                answer = self._answer(done, sent)
                if isinstance(answer, Done):
                    self._most = min(MOST_PIECES, self._most + 1)
                    yield sent.number, answer.result
                elif answer.carries_for is None:
                    again.append(answer)
                else:
                    again.appendleft(answer)  # until it is there, that worker can do nothing
        finally:
            if not whole:
                self._give_up(running)

    def _ready(self, again: deque[_Sent]) -> _Sent | None:
        """The first piece to be sent again that need not wait; it is taken out.

        A piece that came back because the job is still on its way to a worker waits for a moment.
        Else that worker would say the same of it again and again, and never be idle. But only an
        idle worker is given pieces that queue at another one, as the one with the job may.
        """
        for position, sent in enumerate(again):
            if sent.waits_for not in self._awaited:
                del again[position]
                return sent
        return None

    def _submit(self, sent: _Sent) -> "Future[Any]":
        """Send a piece, with its job if it carries it."""
        piece = Piece(self._digest, self._run, sent.what)
        try:
            if sent.carries_for is None:
                return self.executor.submit(do_piece, piece)
            if self._handle is None:
                self._handle = self.job
                if isinstance(self.executor, RemoteExecutor):
                    self._handle = self.executor.send_once(self.job)
            self.jobs_sent += 1
            return self.executor.submit(do_piece, piece, self._handle)
        except BrokenExecutor as error:
            raise _broken(error) from error

    def _next(self, ended: "queue.SimpleQueue[Future[Any]]") -> "Future[Any] | None":
        """The next piece that has ended; None if none has for a while. Then no piece waits."""
        try:
            return ended.get(timeout=POLL_SECONDS)
        except queue.Empty:
            self._awaited.clear()
            if isinstance(self.executor, RemoteExecutor):
                self.executor.expect_alive()
            return None

    def _answer(self, future: "Future[Any]", sent: _Sent) -> Done | _Sent:
        """What came of a piece: its result, or the piece as it is to be sent again."""
        self._being_helped.discard(sent.carries_for or "")
        self._awaited.discard(sent.carries_for or "")
        try:
            answer: Done | Lacking = future.result()
        except CancelledError as error:
            return self._lost(sent, error)
        except BrokenExecutor as error:
            raise _broken(error) from error
        except Exception as error:
            reason = None
            if isinstance(self.executor, RemoteExecutor):
                reason = self.executor.reason(error)
            if reason is None:
                raise
            raise WorkersGone(reason) from error
        if isinstance(answer, Done):
            return answer
        expect_same(answer.worker, answer.versions)
        if answer.worker in self._being_helped:
            self._awaited.add(answer.worker)
            return replace(sent, carries_for=None, waits_for=answer.worker)
        self._being_helped.add(answer.worker)
        return replace(sent, carries_for=answer.worker, waits_for=None)

    def _lost(self, sent: _Sent, error: CancelledError) -> _Sent:
        """A piece that was lost with its worker, or whose job was: it is sent again."""
        if isinstance(self.executor, RemoteExecutor):
            self.executor.expect_alive()
        if sent.losses >= MOST_LOSSES:
            raise WorkersGone(
                f"a piece of the work was lost {sent.losses + 1} times: its workers ended before "
                "it was done"
            ) from error
        self._handle = None
        return replace(sent, losses=sent.losses + 1)

    def _give_up(self, running: "dict[Future[Any], _Sent]") -> None:
        """Cancel what is queued, and tell what runs that nobody wants it."""
        stop_run(self._run)  # if the workers are threads of this process
        for future in running:
            future.cancel()
        if running and isinstance(self.executor, RemoteExecutor):
            with contextlib.suppress(Exception):  # the workers may be gone
                self.executor.stop(self._run)


def _broken(error: BrokenExecutor) -> WorkersGone:
    detail = " ".join(str(error).split())
    return WorkersGone(f"the executor cannot go on: {detail or type(error).__name__}")
