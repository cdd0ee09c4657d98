"""Work on several items at a time."""

import threading

import pytest

from gradcheck.cluster.side_by_side import side_by_side


def test_results_come_in_order_whatever_ends_first() -> None:
    second = threading.Event()

    def work(item: int) -> int:
        if item == 0:
            assert second.wait(60.0)
        if item == 1:
            second.set()
        return 10 * item

    assert list(side_by_side(work, range(5), 2, stop=pytest.fail)) == [0, 10, 20, 30, 40]


def test_an_error_stops_the_others() -> None:
    stopped = threading.Event()

    def work(item: int) -> int:
        if item == 1:
            raise ValueError("one")
        assert item == 0 or stopped.wait(60.0)
        return item

    results = side_by_side(work, range(5), 3, stop=stopped.set)
    assert next(results) == 0
    with pytest.raises(ValueError, match="one"):
        next(results)
    assert stopped.is_set()


def test_an_iteration_that_ends_early_stops_the_work() -> None:
    stopped = threading.Event()
    results = side_by_side(lambda item: item == 0 or stopped.wait(60.0), range(5), 2, stopped.set)
    assert next(results) is True
    del results
    assert stopped.is_set()
