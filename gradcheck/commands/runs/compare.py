"""``gradcheck cost-compare``: measure what backprop and (46) cost, with a progress bar."""

import os
from collections.abc import Sequence
from itertools import count

from gradcheck.commands.options.comparison import ComparisonOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.comparison import show_finished_rows
from gradcheck.commands.output.progress import Progress
from gradcheck.commands.output.streams import notice
from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import Case
from gradcheck.costs.measure import compare_costs
from gradcheck.show.numbers import sizes_text

__all__ = ["compared"]


def compared(cases: Sequence[Case], asked: ComparisonOptions, output: OutputOptions) -> Comparison:
    """Measure all cases; on Ctrl-C show the rows that were finished.

    Raises:
        BadInput: there is no such device, or the budget is not a positive number.
        CompareInterrupted: on Ctrl-C.

    """
    cores = os.cpu_count() or 1
    if asked.threads > cores:
        notice(f"{asked.threads} threads on {cores} cores will slow each other down")
    finished = count()
    try:
        with Progress("measuring", len(cases), f"of {len(cases)} rows") as progress:
            return compare_costs(
                cases,
                threads=asked.threads,
                budget=asked.budget,
                activation=asked.activation,
                dtype=asked.dtype,
                device=asked.device,
                seed=asked.seed,
                progress=lambda case: progress(
                    next(finished), f"measuring {sizes_text(case.sizes)}, batch {case.batch_size}"
                ),
            )
    except CompareInterrupted as interrupt:
        show_finished_rows(interrupt.comparison, len(cases), output)
        raise
