"""``gradcheck cost-compare``: measure what backprop and (46) cost, with a progress bar."""

import os
import time
from collections.abc import Sequence

from gradcheck.commands.options.comparison import ComparisonOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.comparison import show_finished_rows
from gradcheck.commands.output.durations import rough_duration
from gradcheck.commands.output.progress import Progress
from gradcheck.commands.output.streams import notice
from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import Case, CostRow
from gradcheck.costs.measure import compare_costs
from gradcheck.costs.notes import row_words
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
    try:
        with Progress("measuring", len(cases), "done") as progress:
            rows = _Rows(cases, asked.seconds, progress)
            return compare_costs(
                cases,
                threads=asked.threads,
                budget=asked.seconds,
                activation=asked.activation,
                dtype=asked.dtype,
                device=asked.device,
                seed=asked.seed,
                progress=rows.begin,
                finished=rows.end,
            )
    except CompareInterrupted as interrupt:
        show_finished_rows(interrupt.comparison, len(cases), output)
        raise


class _Rows:
    """Tells of each row as soon as it is measured, and about how long the others will take."""

    def __init__(self, cases: Sequence[Case], budget: float, progress: Progress) -> None:
        self._count, self._each = len(cases), budget / len(cases)
        self._progress = progress
        self._begun, self._finished = time.monotonic(), 0

    def begin(self, case: Case) -> None:
        """A row is about to be measured."""
        seconds = self._each * (self._count - self._finished)
        self._progress(
            self._finished,
            f"row {self._finished + 1} of {self._count}, {sizes_text(case.sizes)}, "
            f"about {max(1.0, seconds):.0f} s",
        )

    def end(self, row: CostRow) -> None:
        """A row has been measured."""
        self._finished += 1
        self._each = (time.monotonic() - self._begun) / self._finished
        left = self._each * (self._count - self._finished)
        more = f"; {rough_duration(left)} left" if self._finished < self._count else ""
        self._progress.say(
            f"row {self._finished} of {self._count}: {_named(row.case)}: {row_words(row)}{more}"
        )


def _named(case: Case) -> str:
    return f"{sizes_text(case.sizes)}, batch {case.batch_size}"
