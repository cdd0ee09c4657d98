"""What all pieces of some work have in common: it goes once to each worker."""

import hashlib
import pickle
import threading
import uuid
from collections.abc import Callable
from typing import Any, Protocol

__all__ = ["Job", "digest_of"]

DIGITS = 32  # hexadecimal digits of SHA-256, so that two jobs that differ never share them


class Job(Protocol):
    """Something that can be sent to a worker, and does pieces of work there."""

    def started(self) -> Callable[[Any, threading.Event], Any]:
        """Prepare the work, once in each thread of a worker.

        Returns:
            A function that does one piece and returns its result. It also gets an event that is
            set as soon as nobody wants the result any more.

        """
        ...


def digest_of(job: Job) -> str:
    """A text that is the same for the same job, and only for it.

    A job that ``pickle`` cannot write gets a text of its own each time: some executors can send
    more than that, such as classes of a notebook.
    """
    hashing = _Hashing()
    try:
        pickle.Pickler(hashing).dump(job)
    except (pickle.PicklingError, AttributeError, TypeError):
        return uuid.uuid4().hex
    return hashing.digest.hexdigest()[:DIGITS]


class _Hashing:
    """A file that only hashes what is written to it, since a network may be large."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, some: bytes) -> int:
        self.digest.update(some)
        return len(some)
