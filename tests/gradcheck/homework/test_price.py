"""The price that is told before a check: at least so many costs, and about so much time."""

from collections.abc import Callable
from typing import Any

import pytest

from gradcheck.homework.price import Price, likely_costs
from gradcheck.homework.submission_report import SubmissionReport

Checked = Callable[..., SubmissionReport]


def price_and_costs(checked: Checked, name: str, **options: Any) -> tuple[Price, int]:
    """The price told, and the costs that the check then took."""
    prices: list[Price] = []
    found = checked(name, announce=prices.append, **options)
    (price,) = prices
    assert found.report is not None
    return price, found.report.evaluations


def test_two_costs_for_each_entry_at_least(checked: Checked) -> None:
    price, evaluations = price_and_costs(checked, "book.py:Network")
    assert (price.costs, price.passes) == (2 * 63, 1)
    assert price.costs < evaluations
    assert price.seconds > 0.0


def test_a_sample_costs_less(checked: Checked) -> None:
    price, _ = price_and_costs(checked, "book.py:Network", sample=3)
    assert price.costs == 2 * 18


def test_a_scheme_with_more_offsets_costs_more(checked: Checked) -> None:
    price, _ = price_and_costs(checked, "book.py:Network", scheme="central")
    assert price.costs == 4 * 63


def test_a_cost_takes_as_many_passes_as_the_class_needs(checked: Checked) -> None:
    price, _ = price_and_costs(checked, "rows.py:Flat")
    assert price.passes == 5


@pytest.mark.parametrize("sizes", [(8, 6, 5, 3), (20, 8, 3), (60, 12, 4)])
@pytest.mark.parametrize("name", ["book.py:Network", "wrong.py:SignFlipped"])
def test_the_costs_that_are_likely_are_about_those_that_it_takes(
    checked: Checked, name: str, sizes: tuple[int, ...]
) -> None:
    price, evaluations = price_and_costs(checked, name, sizes=sizes, batch=10)
    likely = likely_costs(price.costs, 2 * (len(sizes) - 1))
    if name.startswith("book"):
        assert evaluations / 2 < likely < 2 * evaluations
    else:  # disagreements are measured again: the notice says that it takes several times as long
        assert evaluations / 20 < likely < evaluations


def test_the_least_number_alone_would_be_far_too_small(checked: Checked) -> None:
    """The control: of a small wrong class it is a ninth."""
    price, evaluations = price_and_costs(
        checked, "wrong.py:SignFlipped", sizes=(8, 6, 5, 3), batch=10
    )
    assert evaluations > 8 * price.costs


def test_measuring_the_time_does_not_count_as_a_cost_of_the_check(checked: Checked) -> None:
    _, told = price_and_costs(checked, "book.py:Network")
    untold = checked("book.py:Network").report
    assert untold is not None
    assert untold.evaluations == told
