"""What one network costs: the contract of a row, what it is bound by, what it predicts."""

from dataclasses import replace

import pytest

from gradcheck.costs.cost_row import LECTURE, CostRow, Measured
from gradcheck.costs.sampled_time import Ratio
from tests.gradcheck.costs.rows import row, spread


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
    assert told["quartiles"]["forward"] == [0.98e-3, 1.02e-3]
    assert told["finite_differences_estimated"] is True


def test_a_ratio_that_its_spread_does_not_support_is_null() -> None:
    noisy = replace(row(), forward=spread(0.5e-3, 1e-3, 3e-3))
    assert noisy.to_dict()["forward_passes"]["backprop_measured"] is None


def test_the_ratio_measured_in_turns_is_used_where_there_is_one() -> None:
    noisy = Measured(spread(20.0, 24.0, 31.0), estimated=True)
    in_turns = replace(noisy, times=Ratio(12_000.0, 11_900.0, 12_100.0))
    alone = replace(row(), one_by_one=noisy)
    both = replace(row(), one_by_one=in_turns)
    assert alone.to_dict()["finite_differences_over_backprop"] is None
    assert both.to_dict()["finite_differences_over_backprop"] == 12_000.0


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


def test_the_rows_for_a_lecture_grow_to_a_million_parameters() -> None:
    assert max(row(case).parameters for case in LECTURE) == 1_000_120
