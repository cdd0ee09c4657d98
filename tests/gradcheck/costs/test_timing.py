"""Seconds, by a clock of the test's own."""

import gc
import sys
import time
from collections.abc import Callable
from itertools import count
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.costs.timing import cpu_clock, side_by_side


class Clock:
    """Time that passes only while somebody works."""

    def __init__(self) -> None:
        self.now = 100.0
        self.order: list[str] = []

    def __call__(self) -> float:
        return self.now

    def worker(self, name: str, *durations: float) -> "Worker":
        return Worker(self, name, durations)


class Worker:
    """Takes as long as told, call by call, and the last duration ever after."""

    def __init__(self, clock: Clock, name: str, durations: tuple[float, ...]) -> None:
        self.clock, self.name, self.durations, self.calls = clock, name, durations, 0

    def __call__(self) -> None:
        self.clock.now += self.durations[min(self.calls, len(self.durations) - 1)]
        self.clock.order.append(self.name)
        self.calls += 1


def test_warming_up_is_not_counted_and_a_disturbance_changes_nothing() -> None:
    clock = Clock()
    # One call to warm up and one to see how long a call is, before the samples.
    work = clock.worker("w", 0.1, 0.2, 2.0, 2.1, 500.0, 2.1, 2.0)
    timing = side_by_side({"w": work}, budget=0.0, clock=clock)["w"]
    assert timing.seconds == 2.0
    assert timing.samples == 5


def test_what_is_not_steady_is_timed_once_more() -> None:
    clock = Clock()
    work = clock.worker("w", 1.0, 1.0, 9.0, 9.0, 1.0, 1.0, 1.0, *[1.0] * 5)
    timing = side_by_side({"w": work}, budget=0.0, clock=clock)["w"]
    assert timing.samples == 10
    assert timing.seconds == 1.0


def test_the_budget_may_have_a_clock_of_its_own() -> None:
    clock, wall = Clock(), Clock()

    def work() -> None:
        clock.now += 1.0
        wall.now += 10.0  # another program has the processor most of the time

    timing = side_by_side({"w": work}, budget=100.0, clock=clock, wall=wall)["w"]
    assert timing.seconds == 1.0
    assert timing.samples == 10


def test_a_truly_slower_work_is_told_through_any_disturbance() -> None:
    generator = np.random.default_rng(0)
    clock = Clock()

    def disturbed(seconds: float) -> Callable[[], None]:
        def work() -> None:
            busy = generator.random() < 0.7
            clock.now += seconds * (1.0 + busy * generator.exponential(3.0))

        return work

    works = {"one": disturbed(1.0), "same": disturbed(1.0), "slower": disturbed(1.3)}
    timings = side_by_side(works, budget=2000.0, clock=clock)
    assert timings["same"].over(timings["one"]).text() == "1.00"
    assert timings["slower"].over(timings["one"]).text() == "1.30"


def test_a_coarse_clock_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cpu_clock(2) is time.perf_counter
    monkeypatch.setattr(time, "thread_time", lambda: 7.0)
    assert cpu_clock() is time.perf_counter
    readings = count()
    fine = lambda: next(readings) * 1e-7  # noqa: E731
    monkeypatch.setattr(time, "thread_time", fine)
    assert cpu_clock() is fine
    monkeypatch.delattr(time, "thread_time")
    assert cpu_clock() is time.perf_counter


def test_works_take_turns() -> None:
    clock = Clock()
    side_by_side({"a": clock.worker("a", 1.0), "b": clock.worker("b", 2.0)}, budget=0, clock=clock)
    assert "".join(clock.order) == "aabb" + "ab" * 5


def test_the_budget_is_for_all_together_and_is_kept() -> None:
    clock = Clock()
    works = {"a": clock.worker("a", 0.25), "b": clock.worker("b", 0.75)}
    timings = side_by_side(works, budget=10.0, clock=clock)
    assert timings["a"].samples == timings["b"].samples == 10


def test_calls_too_short_for_a_clock_are_timed_many_at_once() -> None:
    clock = Clock()
    work = clock.worker("w", 2.0**-20)  # about a microsecond
    timing = side_by_side({"w": work}, budget=0.0, clock=clock)["w"]
    assert timing.seconds == pytest.approx(2.0**-20, rel=1e-3)
    assert work.calls > 5 * 15


def test_a_clock_that_stands_still_ends_all_the_same() -> None:
    timing = side_by_side({"w": lambda: None}, budget=1.0, clock=lambda: 7.0)["w"]
    assert timing.seconds == 0.0
    assert not timing.over(timing).steady


def test_the_garbage_collector_is_kept_out_and_let_in_again() -> None:
    seen: list[bool] = []
    assert gc.isenabled()
    side_by_side({"w": lambda: seen.append(gc.isenabled())}, budget=0.0)
    assert not any(seen)
    assert gc.isenabled()


def test_a_work_that_fails_leaves_the_collector_as_it_was() -> None:
    def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        side_by_side({"w": fail})
    assert gc.isenabled()


@pytest.mark.parametrize(("samples", "seconds"), [([3.0, 1.0, 2.0], 1.0), ([5.0], 5.0)])
def test_on_a_gpu_its_own_clock_is_read(
    monkeypatch: pytest.MonkeyPatch, samples: list[float], seconds: float
) -> None:
    asked: dict[str, Any] = {}

    def benchmark(work: Any, **options: Any) -> SimpleNamespace:
        work()
        asked.update(options)
        return SimpleNamespace(gpu_times=[samples], cpu_times=[1e-9])

    profiler = ModuleType("cupyx.profiler")
    profiler.benchmark = benchmark  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cupyx", ModuleType("cupyx"))
    monkeypatch.setitem(sys.modules, "cupyx.profiler", profiler)
    works = {"a": lambda: None, "b": lambda: None}
    timings = side_by_side(works, budget=4.0, device="gpu")
    assert timings["a"].seconds == timings["b"].seconds == seconds
    assert asked["max_duration"] == 2.0
