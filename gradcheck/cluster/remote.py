"""What a cluster can do beyond an ordinary executor, and the error when it cannot go on."""

from abc import ABC, abstractmethod
from concurrent.futures import Executor
from typing import Any

from gradcheck.cluster.job import Job
from nets.errors import BadInput

__all__ = ["RemoteExecutor", "WorkersGone"]


class WorkersGone(BadInput):
    """The work cannot go on, because its workers or their scheduler are gone.

    What was finished before is kept. Commands say it in one line, as they say every ``BadInput``.
    """


class RemoteExecutor(Executor, ABC):
    """An executor whose workers may be on other computers."""

    @abstractmethod
    def send_once(self, job: Job) -> Any:
        """Bring a job to the cluster.

        Returns:
            What stands for it as an argument of ``submit``: a worker that gets this as an argument
            receives the job itself, from another worker or from here.

        """

    @abstractmethod
    def expect_alive(self) -> None:
        """Check that results can still come; it is called again and again while none comes.

        Raises:
            WorkersGone: no worker has been there for some time, or the scheduler is gone.

        """

    @abstractmethod
    def stop(self, run: str) -> None:
        """Tell all workers that nobody wants the pieces of a run any more."""

    @abstractmethod
    def reason(self, error: BaseException) -> str | None:
        """Why a piece failed, in a line, if the cluster itself is the cause; else None."""
