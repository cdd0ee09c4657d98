"""How long (46) takes for all parameters, by a clock of the test's own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

import numpy as np
import pytest

from gradcheck.costs.all_partials import (
    MOST_PIECES,
    PIECES_OF_FULL_PASSES,
    PIECES_OF_MANY_AT_ONCE,
    all_partials,
)
from gradcheck.engines.engine import Offset
from nets.arrays import Array, HostArray
from nets.network import Network


class SlowEngine:
    """Lets a clock go on by so much for each entry, and by other factors now and then."""

    name = "one-by-one"
    base_cost, evaluations, most_at_once, joins_arrays = 1.0, 0, 1000, False

    def __init__(self, seconds: float, slowness: Iterator[float]) -> None:
        self.now, self.seconds, self.slowness = 0.0, seconds, slowness
        self.slow = 1.0
        self.moved: Counter[tuple[int, int]] = Counter()

    def clock(self) -> float:
        return self.now

    def backprop(self) -> None:
        self.now += self.slow * self.seconds / 4

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        self.moved.update((which, int(entry)) for entry in entries)
        if which == 0:
            self.slow = next(self.slowness)
        self.now += self.slow * self.seconds * len(entries)
        return np.zeros((1, len(entries)))


SMALL = Network.create((40, 8, 3), seed=0)  # 355 parameters


@pytest.mark.parametrize(("budget", "estimated"), [(400.0, False), (100.0, True)])
def test_every_entry_has_its_turn_where_the_budget_suffices(budget: float, estimated: bool) -> None:
    engine = SlowEngine(1.0, repeat(1.0))
    measured = all_partials(engine, SMALL, budget, full_passes=True, clock=engine.clock)
    assert measured.estimated is estimated
    assert (len(engine.moved) == 355) is not estimated
    assert measured.seconds == pytest.approx(355)
    assert engine.now < 2 * budget


def test_an_engine_that_measures_many_entries_at_once_gets_longer_pieces() -> None:
    pieces = {}
    for full_passes in (True, False):
        engine = SlowEngine(1e-3, repeat(1.0))
        measured = all_partials(engine, SMALL, 4.0, full_passes=full_passes, clock=engine.clock)
        pieces[full_passes] = measured.timing.samples
        assert measured.seconds == pytest.approx(0.355)
    assert PIECES_OF_MANY_AT_ONCE <= pieces[False] < 4 * PIECES_OF_MANY_AT_ONCE
    assert PIECES_OF_FULL_PASSES <= pieces[True] <= MOST_PIECES


def test_a_measurement_that_something_disturbed_is_repeated() -> None:
    # The first pieces, of which one alone used to be the measurement, are slow, and later some.
    engine = SlowEngine(1e-3, chain([9.0] * 6, *repeat([1.0, 1.0, 1.0, 1.0, 7.0], 900)))
    measured = all_partials(engine, SMALL, 20.0, full_passes=True, clock=engine.clock)
    assert measured.timing.samples > 50
    assert measured.seconds == pytest.approx(0.355)
    assert measured.timing.steady


def test_what_slows_both_for_a_while_does_not_change_how_many_times_longer_one_takes() -> None:
    # For the second half of the pieces everything takes three times as long.
    engine = SlowEngine(1e-3, chain([1.0] * 110, repeat(3.0)))
    measured = all_partials(
        engine, SMALL, 20.0, full_passes=True, beside=engine.backprop, clock=engine.clock
    )
    assert not measured.timing.steady
    assert measured.times is not None
    assert measured.times.steady
    assert measured.times.value == pytest.approx(355 * 4)


def test_without_other_work_beside_there_is_no_ratio() -> None:
    engine = SlowEngine(1e-3, repeat(1.0))
    measured = all_partials(engine, SMALL, 0.1, full_passes=False, clock=engine.clock)
    assert measured.times is None
