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


@pytest.mark.parametrize("budget", [0.0, -1.0, float("nan"), float("inf")])
def test_a_budget_that_measures_nothing_is_refused(budget: float) -> None:
    with pytest.raises(BadInput, match=r"a budget of .* give a positive number"):
        compare_costs([BOOK], budget=budget)


def test_no_networks_and_no_threads_are_refused() -> None:
    with pytest.raises(BadInput, match="no networks to compare; give at least one"):
        compare_costs([])
    with pytest.raises(BadInput, match="0 threads cannot do any work; give 1 to 4096"):
        compare_costs([BOOK], threads=0)
