"""The simulation of clusters, with costs that are easy to count."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.benchmarks.cluster import (
    WORKERS,
    Costs,
    Work,
    best_check,
    check_of,
    class_of,
    simulated,
    simulation,
)

FREE = Costs(entry=1e-6, client=0.0, task=0.0, rate=1e30, graded=2.0)
WORK = Work("work", pieces=100, seconds=2.0, sent=0.0, job=0.0, client=0.0, most=10**6)


@pytest.mark.parametrize("workers", [1, 2, 10, 100])
def test_without_other_costs_the_time_is_in_proportion(workers: int) -> None:
    assert simulated(WORK, workers, FREE) == pytest.approx(200.0 / workers)


def test_workers_without_a_piece_do_not_help() -> None:
    assert simulated(WORK, 1000, FREE) == pytest.approx(2.0)


def test_the_scheduler_the_line_the_network_and_the_client_take_their_time() -> None:
    slow = replace(FREE, task=1.0)
    assert simulated(WORK, 1000, slow) == pytest.approx(100.0 + 2.0)
    thin = replace(FREE, rate=10.0)
    assert simulated(replace(WORK, sent=10.0), 1000, thin) == pytest.approx(2.0 + 100.0)
    # One worker gets it from the client, then 1, 2 and 4 more from each other.
    assert simulated(replace(WORK, job=10.0), 8, thin) == pytest.approx(4.0 + 26.0)
    assert simulated(replace(WORK, client=7.0), 100, FREE) == pytest.approx(2.0 + 700.0)


def test_only_so_many_pieces_are_under_way() -> None:
    assert simulated(replace(WORK, most=10), 100, FREE) == pytest.approx(20.0)


def test_small_pieces_are_for_many_workers_and_cheap_tasks() -> None:
    cheap, dear = replace(FREE, task=1e-5), replace(FREE, task=1e-1)
    assert best_check(10**7, 100, cheap)[1] < best_check(10**7, 100, dear)[1]


def test_a_check_and_a_class_hold_all_of_their_work() -> None:
    check = check_of(10**6, 0.1, FREE)
    assert check.pieces * check.seconds == pytest.approx(1.0)
    assert class_of(12_000, FREE).pieces == 12_000


def test_more_workers_are_never_slower_with_pieces_of_the_best_size() -> None:
    costs = Costs(entry=3e-6, client=1e-7, task=1e-3, rate=1e9, graded=1.0)
    for row in simulation(costs).values():
        times = [seconds for seconds, _ in row]
        assert len(times) == len(WORKERS)
        # The network must reach all workers, which takes longer the more there are.
        assert all(later <= 1.2 * earlier for earlier, later in pairwise(times))
