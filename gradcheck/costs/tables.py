"""What cost-compare shows: why backprop costs about two forward passes, in four tables."""

from collections.abc import Sequence

from gradcheck.costs.comparison import (
    Comparison,
)
from gradcheck.costs.cost_row import (
    CostRow,
    Measured,
)
from gradcheck.costs.multiply_adds import (
    backprop_products,
    forward_multiply_adds,
    one_by_one_multiply_adds,
)
from gradcheck.show.numbers import seconds_text, sizes_text
from gradcheck.show.text import Part, Sentence, Table

__all__ = ["comparison_parts", "comparison_text"]


def comparison_parts(comparison: Comparison) -> list[Part]:
    """A comparison as tables and sentences, 80 columns wide."""
    first = comparison.rows[0]
    return [
        _products_table(first),
        Sentence(
            "Backward is two products for each layer, but the first layer needs one only: upstream "
            "of it are the inputs, and nobody asks for their gradient."
        ),
        _clock_table(comparison.rows),
        *_clock_notes(comparison),
        _differences_table(comparison.rows),
        *_differences_notes(comparison.rows),
    ]


def comparison_text(comparison: Comparison) -> str:
    """What a figure of the comparison shows, in words, for those who cannot see it."""
    rows = "; ".join(
        f"{sizes_text(row.case.sizes)}, batch {row.case.batch_size}: backprop "
        f"{row.backprop.over(row.forward).text()} forward passes ({row.predicted:.2f} on paper), "
        f"{seconds_text(row.backprop.median)}, equation (46) one by one "
        f"{_measured_text(row.one_by_one)}, batched {_measured_text(row.batched)}"
        for row in comparison.rows
    )
    return f"Backprop against equation (46). {rows}."


def _measured_text(measured: Measured) -> str:
    marks = ("est." if measured.estimated else "") + ("" if measured.timing.steady else "?")
    return f"{seconds_text(measured.seconds)} {marks}".rstrip()


def _products_table(row: CostRow) -> Table:
    sizes = row.case.sizes
    forward = forward_multiply_adds(sizes)
    products = backprop_products(sizes)
    rows = [
        (
            product.step,
            str(product.layer),
            product.shape.replace(" x ", "x"),  # so that wide layers fit beside the long name
            f"{product.multiply_adds:,}",
            f"{product.multiply_adds / forward:.3f}",
        )
        for product in products
    ]
    total = sum(product.multiply_adds for product in products)
    rows.append(("all of backprop", "", "", f"{total:,}", f"{total / forward:.3f}"))
    return Table(
        f"On paper: the matrix products of one backprop of {sizes_text(sizes)}, one example",
        ("gives", "layer", "product", "multiply-\nadds", "passes"),
        tuple(rows),
    )


def _clock_table(rows: Sequence[CostRow]) -> Table:
    return Table(
        "On the clock: backprop (forward and backward) in forward passes",
        ("network", "batch", "forward", "backprop", "passes", "paper", "+act.", "loop", "bound by"),
        tuple(
            (
                sizes_text(row.case.sizes),
                str(row.case.batch_size),
                seconds_text(row.forward.median),
                seconds_text(row.backprop.median),
                row.backprop.over(row.forward).text(),
                f"{row.predicted:.2f}",
                f"{row.predicted_with_activations:.2f}",
                f"x {row.book_loop.seconds / row.backprop.median:.1f}",
                row.limited_by,
            )
            for row in rows
        ),
    )


def _clock_notes(comparison: Comparison) -> list[Sentence]:
    notes = [
        Sentence(
            "passes: backprop / forward as measured; paper: by multiply-adds; +act.: with the "
            "measured time of the activation functions; loop: how many times longer one example "
            "at a time takes."
        ),
        Sentence(
            f"{comparison.threads} thread{'s' if comparison.threads > 1 else ''}, "
            f"{comparison.blas}; a large matrix product does "
            f"{comparison.product_rate / 1e9:.1f} multiply-adds a nanosecond here."
        ),
    ]
    slow = [row for row in comparison.rows if row.limited_by != "arithmetic"]
    if slow:
        notes.append(
            Sentence(
                "Where a row is not bound by arithmetic, forward stays below half that rate. What "
                "takes most of it: calls (of many small functions), products (too narrow to run "
                "at the full rate), or activations (the functions). Multiply-adds alone cannot "
                "tell its time."
            )
        )
    if any(not row.backprop.over(row.forward).steady for row in comparison.rows):
        notes.append(
            Sentence(
                "Too noisy: the quartiles spread too far to tell a ratio. Close other programs, "
                "or give a larger --budget."
            )
        )
    return notes


def _differences_table(rows: Sequence[CostRow]) -> Table:
    return Table(
        "Equation (46) for every parameter, against backprop",
        ("network", "batch", "parameters", "passes", "one by one", "batched", "backprop"),
        tuple(
            (
                sizes_text(row.case.sizes),
                str(row.case.batch_size),
                f"{row.parameters:,}",
                f"{row.parameters + 1:,}",
                _measured_text(row.one_by_one),
                _measured_text(row.batched),
                seconds_text(row.backprop.median),
            )
            for row in rows
        ),
    )


def _differences_notes(rows: Sequence[CostRow]) -> list[Sentence]:
    largest = max(rows, key=lambda row: row.parameters)
    sizes = largest.case.sizes
    times = largest.times
    told = (
        f"takes {times.text(0)} times as long as backprop, the two measured in turns"
        if times.steady
        else "and backprop, measured in turns, were too noisy to tell how many times longer it took"
    )
    work = one_by_one_multiply_adds(sizes) / forward_multiply_adds(sizes) / largest.predicted
    notes = [
        Sentence(
            f"For the {largest.parameters:,} parameters of {sizes_text(sizes)}, (46) one by one "
            f"{told}; on paper {work:,.0f} times."
        )
    ]
    if any(row.one_by_one.estimated or row.batched.estimated for row in rows):
        notes.append(Sentence("est.: measured on a sample of the parameters and scaled up."))
    shown = [measured for row in rows for measured in (row.one_by_one, row.batched)]
    if not (times.steady and all(measured.timing.steady for measured in shown)):
        notes.append(
            Sentence(
                "?, or too noisy: measured again and again, the quartiles spread too far to trust "
                "the time. Close other programs, or give a larger --budget."
            )
        )
    return notes
