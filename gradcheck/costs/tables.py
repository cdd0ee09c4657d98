"""The three tables of cost-compare, from rows of costs."""

from collections.abc import Sequence

from gradcheck.costs.cost_row import CostRow, Measured
from gradcheck.costs.multiply_adds import backprop_products, forward_multiply_adds
from gradcheck.show.numbers import seconds_text, sizes_text
from gradcheck.show.text import Table

__all__ = ["clock_table", "differences_table", "products_table"]


def products_table(sizes: Sequence[int]) -> Table:
    """The matrix products of one backprop, with their multiply-adds, for one network."""
    forward = forward_multiply_adds(sizes)
    products = backprop_products(sizes)
    rows = [
        (
            product.step,
            str(product.layer),
            product.shape.replace(" x ", "x"),  # shorter, so that wide layers fit into the table
            f"{product.multiply_adds:,}",
            f"{product.multiply_adds / forward:.3f}",
        )
        for product in products
    ]
    total = sum(product.multiply_adds for product in products)
    rows.append(("all of backprop", "", "", f"{total:,}", f"{total / forward:.3f}"))
    return Table(
        f"On paper: the matrix products of one backprop of {sizes_text(sizes)}, one example",
        ("result", "layer", "product", "multiply-\nadds", "passes"),
        tuple(rows),
    )


def clock_table(rows: Sequence[CostRow]) -> Table:
    """The measured times of forward and backprop, with their ratio beside the one on paper."""
    return Table(
        "On the clock: backprop (forward and backward) in forward passes",
        ("network", "batch", "forward", "backprop", "passes", "paper", "+act.", "loop", "bound by"),
        tuple(
            (
                sizes_text(row.case.sizes),
                str(row.case.batch_size),
                seconds_text(row.forward.seconds),
                seconds_text(row.backprop.seconds),
                row.backprop.over(row.forward).text(),
                f"{row.predicted:.2f}",
                f"{row.predicted_with_activations:.2f}",
                f"x {row.book_loop.seconds / row.backprop.seconds:.1f}",
                row.limited_by,
            )
            for row in rows
        ),
    )


def differences_table(rows: Sequence[CostRow]) -> Table:
    """The measured times of (46) for all parameters, one by one and batched, and of backprop."""
    return Table(
        "Equation (46) for every parameter, compared with backprop",
        ("network", "batch", "parameters", "passes", "one by one", "batched", "backprop"),
        tuple(
            (
                sizes_text(row.case.sizes),
                str(row.case.batch_size),
                f"{row.parameters:,}",
                f"{row.parameters + 1:,}",
                _measured_text(row.one_by_one),
                _measured_text(row.batched),
                seconds_text(row.backprop.seconds),
            )
            for row in rows
        ),
    )


def _measured_text(measured: Measured) -> str:
    """The seconds, marked if they are an estimate, and if they cannot be trusted."""
    marks = ("est." if measured.estimated else "") + ("" if measured.timing.steady else "?")
    return f"{seconds_text(measured.seconds)} {marks}".rstrip()
