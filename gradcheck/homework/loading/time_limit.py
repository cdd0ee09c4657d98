"""Stop Python code of this process that runs for too long."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TookTooLong", "stopped_after"]


class TookTooLong(BaseException):
    """Code ran for longer than it may. An ``except Exception`` in that code does not catch this."""


@contextmanager
def stopped_after(seconds: float | None) -> Iterator[None]:
    """Put this around code that may run for so many seconds.

    Code that waits inside a library is stopped when it comes back to Python. Code that never does
    is ended by the parent process.

    Args:
        seconds: None for any time.

    Raises:
        TookTooLong: it ran for longer.

    """
    if seconds is None:
        yield
        return
    lock, thread, ended = threading.Lock(), threading.get_ident(), False

    def stop() -> None:
        with lock:
            if not ended:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread), ctypes.py_object(TookTooLong)
                )

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            ended = True
        timer.cancel()
