"""Seconds, by a clock of the test's own."""

import pytest

from gradcheck.timing import median_seconds


class Clock:
    """Time that passes only while somebody works."""

    def __init__(self, durations: list[float]) -> None:
        """Let each call of work take as long as told, the last one over and over."""
        self.now = 100.0
        self.calls = 0
        self._durations = durations

    def __call__(self) -> float:
        return self.now

    def work(self) -> None:
        self.now += self._durations[min(self.calls, len(self._durations) - 1)]
        self.calls += 1


def test_the_first_call_warms_up_and_the_median_forgets_outliers() -> None:
    clock = Clock([1000.0, 1.0, 2.0, 500.0, 3.0, 2.0])
    assert median_seconds(clock.work, budget=0.0, least=5, clock=clock) == 2.0
    assert clock.calls == 6


def test_slow_work_is_done_only_as_often_as_it_must_be() -> None:
    clock = Clock([10.0])
    assert median_seconds(clock.work, budget=1.0, least=3, clock=clock) == 10.0
    assert clock.calls == 1 + 3


def test_quick_work_is_repeated_until_the_budget_is_spent() -> None:
    clock = Clock([0.25])
    assert median_seconds(clock.work, budget=10.0, least=3, clock=clock) == pytest.approx(0.25)
    assert clock.calls == 1 + 40
