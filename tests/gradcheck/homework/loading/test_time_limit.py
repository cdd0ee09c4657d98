"""Code that runs for too long is stopped; other code is not."""

import threading
import time

import pytest

from gradcheck.homework.loading.time_limit import TookTooLong, stopped_after

# Seconds: no test takes so long, however busy the machine is.
SHORT, LONG = 0.05, 3600.0


def busy() -> None:
    """An endless loop; the pauses leave the processor to others."""
    while True:
        time.sleep(0.001)


def test_an_endless_loop_is_stopped() -> None:
    with pytest.raises(TookTooLong), stopped_after(SHORT):
        busy()


def test_code_that_catches_every_exception_is_stopped_too() -> None:
    caught = []

    def careless() -> None:
        try:
            busy()
        except Exception as error:
            caught.append(error)

    with pytest.raises(TookTooLong), stopped_after(SHORT):
        careless()
    assert caught == []


def timers() -> list[threading.Timer]:
    return [each for each in threading.enumerate() if isinstance(each, threading.Timer)]


def test_what_ends_in_time_is_not_stopped_later() -> None:
    others = timers()
    with stopped_after(LONG):
        (timer,) = (each for each in timers() if each not in others)
        assert not timer.finished.is_set()
    assert timer.finished.is_set()
    # Even if its time came at that very moment.
    timer.function()
    time.sleep(0.001)


def test_without_a_limit_there_is_no_timer() -> None:
    others = timers()  # that of another test may still be ending
    with stopped_after(None):
        assert set(timers()) <= set(others)


def test_an_error_of_the_code_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError), stopped_after(LONG):
        1 / 0  # noqa: B018
