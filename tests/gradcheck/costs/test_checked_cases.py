"""What there is to compare, checked before anything is measured."""

from typing import Any

import pytest

from gradcheck.costs.checked_cases import expect_some_work
from gradcheck.costs.cost_row import Case
from nets.errors import BadInput

CASES = [Case((3, 2), 4)]


def test_work_that_can_be_done() -> None:
    expect_some_work(CASES, 0.5, 2)


@pytest.mark.parametrize(
    ("cases", "budget", "threads", "message"),
    [
        ([], 1.0, 1, "there are no networks to compare"),
        ([(3, 2)], 1.0, 1, "a case is a tuple; give a gradcheck.Case"),
        ([Case((3,), 4)], 1.0, 1, "make no network"),
        ([Case((3, 2), 0.5)], 1.0, 1, "the batch size of a case is 0.5"),  # type: ignore[arg-type]
        ([Case((3, 2), 2**60)], 1.0, 1, "more than are free"),
        (CASES, -1.0, 1, "a budget of -1.0 seconds cannot be used"),
        (CASES, 1e9, 1, "of at most 86,400"),
        (CASES, True, 1, "a budget of True seconds"),
        (CASES, 1.0, 0, "0 threads cannot do any work; give 1 to 4096"),
        (CASES, 1.0, 2**40, "threads cannot do any work"),
    ],
)
def test_work_that_cannot(cases: Any, budget: Any, threads: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        expect_some_work(cases, budget, threads)
