"""A Dask cluster as an executor. Dask is given in: this file imports nothing of it."""

import time
from concurrent.futures import Future
from typing import Any

from gradcheck.cluster.job import Job
from gradcheck.cluster.remote import RemoteExecutor, WorkersGone
from gradcheck.cluster.worker import stop_run

__all__ = ["DaskExecutor"]

# Seconds without any worker before the work is given up. A nanny starts a new worker within 3 s of
# the death of the old one; and the user is told within 30 s, with the two times below.
GRACE_SECONDS = 12.0
# Seconds that the scheduler may take to answer how many workers there are.
ANSWER_SECONDS = 8.0
# Seconds between two looks at the workers.
LOOK_SECONDS = 1.0
# Seconds that the workers may take to be told that a run has stopped.
STOP_SECONDS = 3.0


class DaskExecutor(RemoteExecutor):
    """The workers of a Dask client.

    Attributes:
        client: a ``distributed.Client``.

    """

    def __init__(self, client: Any) -> None:
        """Use a client, which stays open.

        Args:
            client: a ``distributed.Client``.

        """
        self.client = client
        self._pool = client.get_executor(pure=False)
        self._looked = self._seen = time.monotonic()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """See ``concurrent.futures.Executor.submit``."""
        future: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """See ``concurrent.futures.Executor.shutdown``; the client stays open."""
        self._pool.shutdown(wait=wait and not cancel_futures)

    def send_once(self, job: Job) -> Any:
        """See ``RemoteExecutor.send_once``: workers fetch it from each other.

        Raises:
            WorkersGone: there is no worker to bring it to.

        """
        try:
            return self.client.scatter([job], hash=False)[0]
        except TimeoutError as error:
            raise WorkersGone(self._no_worker()) from error

    def expect_alive(self) -> None:
        """See ``RemoteExecutor.expect_alive``."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        if self._workers():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > GRACE_SECONDS:
            raise WorkersGone(self._no_worker())

    def stop(self, run: str) -> None:
        """See ``RemoteExecutor.stop``."""
        self.client.sync(
            self.client._run, stop_run, run, on_error="ignore", callback_timeout=STOP_SECONDS
        )

    def reason(self, error: BaseException) -> str | None:
        """See ``RemoteExecutor.reason``."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return (
                "a piece of the work ended one worker after the other: perhaps their memory is "
                "too small, or somebody ended them. What was finished is kept"
            )
        if isinstance(error, ModuleNotFoundError):
            return (
                f"a worker cannot import {error.name}: install gradcheck on the computers of the "
                "workers too, in the same version"
            )
        return None

    def _workers(self) -> int:
        """How many workers there are.

        Raises:
            WorkersGone: the scheduler is gone.

        """
        gone = "the scheduler of the cluster is gone. What was finished is kept"
        if self.client.status not in ("running", "connecting"):
            raise WorkersGone(gone)
        try:
            answer = self.client.sync(self.client.scheduler.ncores, callback_timeout=ANSWER_SECONDS)
        except (OSError, TimeoutError) as error:  # Dask's CommClosedError is an OSError
            raise WorkersGone(gone) from error
        return len(answer)

    def _no_worker(self) -> str:
        return (
            f"no worker of the cluster has been there for {GRACE_SECONDS:.0f} seconds, so the work "
            "is given up. What was finished is kept: start workers, and run the command again"
        )
