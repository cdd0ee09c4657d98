"""What cost-compare says below its tables, and what its figure shows in words."""

from collections.abc import Sequence

from gradcheck.costs.cost_row import CostRow, Measured
from gradcheck.costs.multiply_adds import forward_multiply_adds, one_by_one_multiply_adds
from gradcheck.show.numbers import seconds_text, sizes_text
from gradcheck.show.text import Sentence

__all__ = [
    "PRODUCTS_NOTE",
    "clock_notes",
    "comparison_text",
    "differences_notes",
    "row_words",
]

PRODUCTS_NOTE = Sentence(
    "Backward does two products in each layer except the first, which needs only one: the second "
    "would give the gradient with respect to the inputs, which is not used."
)
PASSES = Sentence(
    "passes: the measured time of backprop, divided by that of forward. paper: the same, counted "
    "in multiply-adds. +act.: the count, with the measured time of the activation functions added. "
    "loop: how many times as long backprop takes with one example at a time."
)
BOUND_BY = Sentence(
    "bound by: what takes most of the time of forward. arithmetic: forward reaches at least half "
    "the rate of a large product. products: they are too narrow for that rate. activations: the "
    "activation functions. calls: calling many small functions. Counting multiply-adds predicts "
    "the time only where it says arithmetic."
)
TOO_NOISY = Sentence(
    "too noisy: repeated timings differ too much to give a ratio. Close other programs, or give a "
    "larger --budget."
)
ESTIMATED = Sentence("est.: an estimate, measured on a sample of the parameters and scaled up.")
UNSTEADY = Sentence(
    "? or no ratio: repeated timings differ too much. Close other programs, or give a larger "
    "--budget."
)


def clock_notes(
    rows: Sequence[CostRow], threads: int, product_rate: float, blas: str
) -> list[Sentence]:
    """What the table of measured times means.

    Args:
        rows: the rows of the table, at least one.
        threads: how many threads the measurement used.
        product_rate: multiply-adds per second of a large matrix product.
        blas: the name of the library that computes matrix products.

    """
    measured_with = Sentence(
        f"Measured with {threads} thread{'s' if threads > 1 else ''}, {blas}. A large matrix "
        f"product does {product_rate / 1e9:.1f} multiply-adds per nanosecond."
    )
    notes = [PASSES, measured_with]
    if not all(row.arithmetic_takes_most for row in rows):
        notes.append(BOUND_BY)
    if any(not row.backprop.over(row.forward).steady for row in rows):
        notes.append(TOO_NOISY)
    return notes


def differences_notes(rows: Sequence[CostRow]) -> list[Sentence]:
    """How much longer than backprop (46) takes, and what the marks in its table mean."""
    largest = max(rows, key=lambda row: row.parameters)
    notes = [Sentence(_how_many_times(largest))]
    shown = [measured for row in rows for measured in (row.one_by_one, row.batched)]
    if any(measured.estimated for measured in shown):
        notes.append(ESTIMATED)
    if not (largest.times.steady and all(measured.timing.steady for measured in shown)):
        notes.append(UNSTEADY)
    return notes


def _how_many_times(row: CostRow) -> str:
    """How many times as long as backprop (46) one by one takes, measured and on paper."""
    sizes = row.case.sizes
    network = f"the {row.parameters:,} parameters of {sizes_text(sizes)}"
    on_paper = one_by_one_multiply_adds(sizes) / forward_multiply_adds(sizes) / row.predicted
    if not row.times.steady:
        return (
            f"For {network}, repeated timings of (46) one by one and of backprop differ too much "
            f"to give a ratio; on paper (46) takes {on_paper:,.0f} times as long."
        )
    in_turns = " (the two measured in turns)" if row.one_by_one.times is not None else ""
    return (
        f"For {network}, (46) one by one takes {row.times.text(0)} times as long as "
        f"backprop{in_turns}; on paper, {on_paper:,.0f} times."
    )


def row_words(row: CostRow) -> str:
    """A row in a few words, for those who wait for the others."""
    passes, times = row.backprop.over(row.forward), row.times
    return (
        f"backprop {f'{passes.value:.2f} passes' if passes.steady else 'too noisy'}, "
        f"(46) {f'{times.value:,.0f} times backprop' if times.steady else 'too noisy'}"
    )


def comparison_text(rows: Sequence[CostRow]) -> str:
    """What a figure of the comparison shows, for those who cannot see it."""
    return " ".join(["This figure compares backprop with equation (46).", *map(_row_text, rows)])


def _row_text(row: CostRow) -> str:
    ratio = row.backprop.over(row.forward)
    passes = f"{ratio.text()} forward passes" if ratio.steady else "too noisy a time to tell"
    return (
        f"For {sizes_text(row.case.sizes)} with {_examples(row.case.batch_size)}, backprop takes "
        f"{passes} ({row.predicted:.2f} on paper), {seconds_text(row.backprop.seconds)}; "
        f"equation (46) takes {_told(row.one_by_one)} one by one and {_told(row.batched)} batched."
    )


def _examples(count: int) -> str:
    return "one example" if count == 1 else f"{count:,} examples"


def _told(measured: Measured) -> str:
    marks = [
        mark
        for mark, applies in (
            ("estimated", measured.estimated),
            ("noisy", not measured.timing.steady),
        )
        if applies
    ]
    return seconds_text(measured.seconds) + (f" ({', '.join(marks)})" if marks else "")
