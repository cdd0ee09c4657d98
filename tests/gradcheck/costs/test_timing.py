"""Seconds, by a clock of the test's own."""

import gc
import math
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from gradcheck.costs.timing import Ratio, Timing, side_by_side


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


def test_the_median_and_the_quartiles_of_samples() -> None:
    timing = Timing.of([5.0, 1.0, 2.0, 4.0, 3.0])
    assert timing == Timing(lower_quartile=2.0, median=3.0, upper_quartile=4.0, samples=5)


def test_warming_up_is_not_counted_and_an_outlier_moves_no_median() -> None:
    clock = Clock()
    # One call to warm up and one to see how long a call is, before the samples.
    work = clock.worker("w", 1000.0, 900.0, 1.0, 2.0, 500.0, 3.0, 2.0)
    timing = side_by_side({"w": work}, budget=0.0, clock=clock)["w"]
    assert timing.median == 2.0
    assert timing.samples == 5


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
    assert timing.median == pytest.approx(2.0**-20, rel=1e-3)
    assert work.calls > 5 * 15


def test_a_clock_that_stands_still_ends_all_the_same() -> None:
    timing = side_by_side({"w": lambda: None}, budget=1.0, clock=lambda: 7.0)["w"]
    assert timing.median == 0.0
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


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (Timing(1.9, 2.0, 2.1, 9), Timing(0.95, 1.0, 1.05, 9), "2.00"),
        (Timing(1.0, 2.0, 3.0, 9), Timing(0.95, 1.0, 1.05, 9), "too noisy"),
        (Timing(1.9, 2.0, 2.1, 9), Timing(0.2, 1.0, 1.05, 9), "too noisy"),
        (Timing(1.9, 2.0, 2.1, 9), Timing(0.0, 0.0, 0.0, 9), "too noisy"),
    ],
)
def test_a_ratio_is_told_only_if_its_spread_supports_it(
    first: Timing, second: Timing, text: str
) -> None:
    assert first.over(second).text() == text


def test_a_ratio_spans_its_quartiles() -> None:
    ratio = Timing(1.0, 2.0, 4.0, 9).over(Timing(1.0, 2.0, 4.0, 9))
    assert ratio == Ratio(value=1.0, low=0.25, high=4.0)
    assert math.isnan(Timing(1, 1, 1, 5).over(Timing(0, 0, 0, 5)).value)


@pytest.mark.parametrize(("samples", "median"), [([3.0, 1.0, 2.0], 2.0), ([5.0], 5.0)])
def test_on_a_gpu_its_own_clock_is_read(
    monkeypatch: pytest.MonkeyPatch, samples: list[float], median: float
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
    assert timings["a"].median == timings["b"].median == median
    assert asked["max_duration"] == 2.0
