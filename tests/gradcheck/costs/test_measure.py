"""What backprop and (46) cost: the rows, not the seconds."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat

import numpy as np
import pytest

from gradcheck.costs.comparison import (
    Comparison,
)
from gradcheck.costs.cost_row import (
    Case,
    CostRow,
    Measured,
)
from gradcheck.costs.measure import all_partials, compare_costs
from gradcheck.costs.timing import Ratio, Timing
from gradcheck.engines.engine import Offset
from nets.arrays import Array, HostArray
from nets.errors import BadInput
from nets.network import Network

BOOK = Case((784, 30, 10), 10)


def steady(median: float) -> Timing:
    return Timing(median * 0.98, median, median * 1.02, 20)


def row(case: Case = BOOK, forward: float = 1e-3, backprop: float = 2e-3) -> CostRow:
    return CostRow(
        case=case,
        device="cpu",
        dtype="float64",
        forward=steady(forward),
        backprop=steady(backprop),
        book_loop=Measured(steady(9e-3), estimated=False),
        one_by_one=Measured(steady(23.861), estimated=True),
        batched=Measured(steady(0.01), estimated=False),
        product_rate=1e9,
        product_seconds=0.5e-3,
        activation_seconds=0.1e-3,
        derivative_seconds=0.1e-3,
    )


def test_a_small_comparison_measures_every_row() -> None:
    cases = [Case((4, 3, 2), 1), Case((4, 3, 2), 5), Case((6, 2), 3)]
    seen: list[Case] = []
    comparison = compare_costs(cases, budget=0.2, progress=seen.append)
    assert seen == cases
    assert [measured.case for measured in comparison.rows] == cases
    for measured in comparison.rows:
        assert 0 < measured.forward.lower_quartile <= measured.forward.median
        assert not measured.one_by_one.estimated
        assert 0 < measured.batched.seconds < measured.one_by_one.seconds * 100
    text = json.dumps(comparison.to_dict(), allow_nan=False)
    assert "openblas" in text or comparison.blas in text


def test_what_is_too_long_is_measured_on_a_sample_and_said_to_be_an_estimate() -> None:
    (measured,) = compare_costs([Case((40, 300, 10), 2)], budget=0.05).rows
    assert measured.one_by_one.estimated
    # A pass for each of 15,310 parameters takes about as long as so many passes do.
    passes = measured.one_by_one.seconds / measured.forward.median
    assert 15_310 / 20 < passes < 15_310 * 20


class SlowEngine:
    """Lets a clock go on by so much for each entry, and by other factors now and then."""

    name = "one-by-one"
    base_cost, evaluations = 1.0, 0

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
    measured = all_partials(engine, SMALL, budget, engine.clock)
    assert measured.estimated is estimated
    assert (len(engine.moved) == 355) is not estimated
    assert measured.seconds == pytest.approx(355)
    assert engine.now < 2 * budget


def test_a_measurement_that_something_disturbed_is_repeated() -> None:
    # The first pieces, of which one alone used to be the measurement, are slow, and later some.
    engine = SlowEngine(1e-3, chain([9.0] * 6, *repeat([1.0, 1.0, 1.0, 1.0, 7.0], 900)))
    measured = all_partials(engine, SMALL, 20.0, engine.clock)
    assert measured.timing.samples > 50
    assert measured.seconds == pytest.approx(0.355)
    assert measured.timing.steady


def test_what_slows_both_for_a_while_does_not_change_how_many_times_longer_one_takes() -> None:
    engine = SlowEngine(1e-3, chain.from_iterable(repeat([1.0] * 9 + [3.0] * 9, 100)))
    measured = all_partials(engine, SMALL, 20.0, engine.clock, beside=engine.backprop)
    assert not measured.timing.steady
    assert measured.times is not None
    assert measured.times.steady
    assert measured.times.value == pytest.approx(355 * 4)


def test_a_time_that_its_spread_does_not_support_is_marked() -> None:
    noisy = Measured(Timing(20.0, 24.0, 31.0, 9), estimated=True)
    alone = replace(row(), one_by_one=noisy)
    in_turns = replace(row(), one_by_one=replace(noisy, times=Ratio(12_000.0, 11_900.0, 12_100.0)))
    for measured, told in ((alone, None), (in_turns, 12_000.0)):
        assert measured.to_dict()["finite_differences_over_backprop"] == told
        text = " ".join(str(Comparison((measured,), 1, 1e9, "none")).split())
        assert "24 s est.?" in text
        assert "?, or too noisy:" in text
        assert ("12,000 times as long" in text) is (told is not None)
        assert ("were too noisy to tell" in text) is (told is None)
    steady_text = str(Comparison((row(),), 1, 1e9, "none"))
    assert "?" not in steady_text
    assert "too noisy" not in steady_text


def test_the_names_of_the_gradients_stay_whole_in_wide_networks() -> None:
    for sizes in ((1024, 512, 256, 128, 10), (12000, 12000, 12000)):
        text = str(Comparison((row(Case(sizes, 1)),), 1, 1e9, "none"))
        assert max(map(len, text.splitlines())) <= 80
        assert "gradient_wrt_upstream_activations" in text


def test_the_contract_of_a_row() -> None:
    told = row().to_dict()
    assert told["sizes"] == [784, 30, 10]
    assert told["parameters"] == 23_860
    assert told["multiply_adds"]["forward"] == 238_200
    assert told["multiply_adds"]["backward"] == 241_200
    assert told["forward_passes"]["backprop_predicted"] == pytest.approx(2.0126, abs=1e-4)
    assert told["forward_passes"]["backprop_measured"] == pytest.approx(2.0)
    assert told["forward_passes"]["finite_differences"] == 23_861
    assert told["seconds"]["book_loop_backprop"] == 9e-3
    assert told["finite_differences_estimated"] is True


def test_a_ratio_that_its_spread_does_not_support_is_not_told() -> None:
    noisy = replace(row(), forward=Timing(0.5e-3, 1e-3, 3e-3, 9))
    assert noisy.to_dict()["forward_passes"]["backprop_measured"] is None
    text = str(Comparison((noisy,), 1, 1e9, "none"))
    assert "too noisy" in text
    assert "--budget" in text


@pytest.mark.parametrize(
    ("measured", "bound"),
    [
        (replace(row(), product_rate=0.3e9), "arithmetic"),
        (row(), "products"),
        (replace(row(), product_seconds=8e-6, activation_seconds=0.7e-3), "activations"),
        (replace(row(), product_seconds=8e-6, activation_seconds=1e-5), "calls"),
    ],
)
def test_what_a_row_is_bound_by(measured: CostRow, bound: str) -> None:
    assert measured.limited_by == bound


def test_the_prediction_with_activations_counts_their_time() -> None:
    plain = replace(row(), activation_seconds=0.0, derivative_seconds=0.0)
    assert plain.predicted_with_activations == pytest.approx(plain.predicted)
    slow = replace(row(), derivative_seconds=1.0)
    assert slow.predicted_with_activations > 100


@pytest.mark.parametrize("budget", [0.0, -1.0, float("nan"), float("inf")])
def test_a_budget_that_measures_nothing_is_refused(budget: float) -> None:
    with pytest.raises(BadInput, match="budget"):
        compare_costs([BOOK], budget=budget)


def test_no_networks_and_no_threads_are_refused() -> None:
    with pytest.raises(BadInput, match="no networks"):
        compare_costs([])
    with pytest.raises(BadInput, match="0 threads"):
        compare_costs([BOOK], threads=0)


def test_a_comparison_prints_80_columns_wide_and_shows_in_a_notebook() -> None:
    rows = (row(), row(Case((784, 1258, 10), 1000)))
    comparison = Comparison(rows, 2, 26e9, "openblas 0.3.31 (Haswell)")
    text = str(comparison)
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()
    for words in ("47,940", "2.013", "23.9 s est.", "1,000,121", "scaled up"):
        assert words in text
    assert "<table>" in comparison._repr_html_()
