"""Rows of costs with times that a test has chosen."""

from gradcheck.costs.cost_row import Case, CostRow, Measured
from gradcheck.costs.timing import Timing

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
