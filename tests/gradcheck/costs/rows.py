"""Rows of costs with times that a test has chosen, and comparisons made of them."""

from dataclasses import replace

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import LECTURE, Case, CostRow, Measured
from gradcheck.costs.sampled_time import Timing

BOOK = Case((784, 30, 10), 10)


def spread(low: float, seconds: float, high: float) -> Timing:
    """A time whose stretches lie between two others, as do the quartiles of its samples."""
    return Timing(seconds, low, high, 9, (seconds, low, high))


def steady(seconds: float) -> Timing:
    return spread(seconds * 0.98, seconds, seconds * 1.02)


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


COMPARISON = Comparison(
    (row(), row(Case((784, 30, 10), 100)), row(Case((784, 100, 10), 10))), 1, 1e9, "none"
)


def comparison(*cases: Case) -> Comparison:
    """Rows of which the larger take longer, and backprop is too noisy to tell."""
    rows = []
    for case in cases:
        cost = sum(case.sizes) * case.batch_size
        rows.append(
            replace(
                row(case),
                forward=spread(1e-7 * cost, 2e-7 * cost, 9e-7 * cost),
                backprop=steady(4e-7 * cost),
                one_by_one=Measured(steady(1e-6 * cost**2), estimated=True),
                batched=Measured(steady(1e-6 * cost), estimated=False),
            )
        )
    return Comparison(tuple(rows), 1, 1e9, "none")


KINDS = {
    "one network": [Case((1024, 512, 256, 128, 10), 1)],
    "two, far apart": [Case((784, 30, 10), 50), Case((20, 8, 3), 50)],
    "three, close": [Case((width, 8, 3), batch) for width in (20, 30, 40) for batch in (1, 10)],
    "batch sizes": [Case((784, 30, 10), batch) for batch in (1, 10, 100, 1000)],
    "the lecture": list(LECTURE),
    "deep": [Case((784, *[30] * 40, 10), 7), Case((784, 30, 10), 7)],
    "tiny": [Case((1, 1), 1)],
}
