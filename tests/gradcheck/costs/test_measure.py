"""What backprop and (46) cost: the rows, not the seconds."""

import json

import pytest

from gradcheck.costs.cost_row import Case, CostRow
from gradcheck.costs.measure import compare_costs
from nets.errors import BadInput
from tests.gradcheck.costs.rows import BOOK


def test_a_small_comparison_measures_every_row() -> None:
    cases = [Case((4, 3, 2), 1), Case((4, 3, 2), 5), Case((6, 2), 3)]
    seen: list[Case] = []
    rows: list[CostRow] = []
    comparison = compare_costs(cases, budget=0.2, progress=seen.append, finished=rows.append)
    assert seen == cases
    assert tuple(rows) == comparison.rows
    assert [measured.case for measured in comparison.rows] == cases
    for measured in comparison.rows:
        assert 0 < measured.forward.seconds <= measured.forward.lower_quartile
        assert not measured.one_by_one.estimated
        assert 0 < measured.batched.seconds < measured.one_by_one.seconds * 100
    text = json.dumps(comparison.to_dict(), allow_nan=False)
    assert "openblas" in text or comparison.blas in text


def test_what_is_too_long_is_measured_on_a_sample_and_said_to_be_an_estimate() -> None:
    (measured,) = compare_costs([Case((40, 300, 10), 2)], budget=0.05).rows
    assert measured.one_by_one.estimated
    # A pass for each of 15,310 parameters takes about as long as so many passes do.
    passes = measured.one_by_one.seconds / measured.forward.seconds
    assert 15_310 / 20 < passes < 15_310 * 20


def test_forward_and_backprop_are_of_the_dtype_that_was_asked_for() -> None:
    (measured,) = compare_costs([Case((4, 3, 2), 60)], budget=0.05, dtype="float32").rows
    assert measured.dtype == "float32"
    assert measured.book_loop.estimated  # 60 examples, of which 50 are timed
    assert measured.one_by_one.times is not None
    assert measured.batched.times is None


@pytest.mark.parametrize("budget", [0.0, -1.0, float("nan"), float("inf")])
def test_a_budget_that_measures_nothing_is_refused(budget: float) -> None:
    with pytest.raises(BadInput, match=r"a budget of .* give a positive number"):
        compare_costs([BOOK], budget=budget)


def test_no_networks_and_no_threads_are_refused() -> None:
    with pytest.raises(BadInput, match="no networks to compare; give at least one"):
        compare_costs([])
    with pytest.raises(BadInput, match="0 threads cannot do any work; give 1 to 4096"):
        compare_costs([BOOK], threads=0)
