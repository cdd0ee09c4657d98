"""Events that threads of a test wait for, so that no result depends on which of them is quick."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

__all__ = ["PATIENCE"]

# Seconds. Nothing waits so long unless a test fails.
PATIENCE = 120.0


@pytest.fixture
def failure_kept(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Is set when a thread of a pool has failed, and has done all that it does about that."""
    kept, keep = threading.Event(), Future.set_exception

    def told(future: "Future[Any]", error: BaseException | None) -> None:
        keep(future, error)
        kept.set()

    monkeypatch.setattr(Future, "set_exception", told)
    return kept


@pytest.fixture
def pool_left(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Is set when the thread that made a pool leaves it, and now only waits for the others."""
    left, shutdown = threading.Event(), ThreadPoolExecutor.shutdown

    def leave(pool: ThreadPoolExecutor, *how: Any, **more: Any) -> None:
        left.set()
        shutdown(pool, *how, **more)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", leave)
    return left
