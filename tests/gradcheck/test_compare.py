"""What backprop and (46) cost: the rows, not the seconds."""

import json
from dataclasses import replace

import pytest

from gradcheck.compare import Case, Comparison, CostRow, Measured, compare_costs
from gradcheck.timing import Timing
from nets.errors import BadInput

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
        book_loop=Measured(9e-3, estimated=False),
        one_by_one=Measured(23.861, estimated=True),
        batched=Measured(0.01, estimated=False),
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
