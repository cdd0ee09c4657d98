"""Each limit, kept and broken, and the line that is told."""

import threading
from dataclasses import replace

import pytest

from gradcheck.homework.process.limits import MOST_PROCESSES, Limits, Usage

LIMITS = Limits(call_seconds=2.0, total_seconds=10.0, memory=50_000_000, watch_memory=True)


def broken(
    limits: Limits,
    *,
    call: float = 1.0,
    total: float = 5.0,
    memory: int = 1_000_000,
    processes: int = 0,
) -> str | None:
    return limits.broken("backprop(x, y)", call, total, lambda: Usage(memory, processes))


def test_what_is_within_the_limits_breaks_none() -> None:
    assert broken(LIMITS) is None


@pytest.mark.parametrize(
    ("taken", "line"),
    [
        (
            {"call": 2.1},
            "backprop(x, y) took longer than 2 seconds and was stopped (an endless loop?); use "
            "--timeout to allow more",
        ),
        (
            {"total": 10.1},
            "The class took longer than 10 seconds in all and was stopped during backprop(x, y); "
            "use --timeout to allow more",
        ),
        (
            {"memory": 51_000_000},
            "backprop(x, y) used more than 50 MB of memory and was stopped; use --memory to allow "
            "more",
        ),
        (
            {"processes": MOST_PROCESSES + 1},
            f"backprop(x, y) started more than {MOST_PROCESSES} processes and was stopped",
        ),
    ],
)
def test_each_limit(taken: dict[str, float], line: str) -> None:
    assert broken(LIMITS, **taken) == line  # type: ignore[arg-type]


def test_a_limit_that_is_not_set_is_not_broken() -> None:
    limits = Limits(call_seconds=2.0, watch_memory=False, memory=0)
    assert broken(limits, total=1e9, memory=10**12) is None


def test_a_second_look_has_the_time_that_the_first_one_left() -> None:
    assert LIMITS.less(4.0) == replace(LIMITS, total_seconds=6.0)
    assert LIMITS.less(11.0).total_seconds == 0.0
    assert Limits().less(4.0) == Limits()


def test_the_memory_of_several_processes_is_always_watched() -> None:
    limits = Limits(watch_memory=False, memory=50_000_000)
    assert broken(limits, memory=51_000_000) is None
    told = broken(limits, memory=51_000_000, processes=1)
    assert told is not None
    assert "used more than 50 MB" in told


def test_what_was_looked_at_a_moment_ago_breaks_no_limit() -> None:
    assert LIMITS.broken("backprop(x, y)", 1.0, 5.0, lambda: None) is None


def test_a_stop_comes_first() -> None:
    stop = threading.Event()
    limits = Limits(call_seconds=0.0, stop=stop)
    told = broken(limits)
    assert told is not None
    assert told.startswith("backprop(x, y) took longer")
    stop.set()
    assert broken(limits) == "The check was stopped"
