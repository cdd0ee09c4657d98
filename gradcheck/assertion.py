"""An assertion for a test suite: this gradient is right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.check import check_gradients
from gradcheck.show.numbers import differing_texts, index_text, scientific
from gradcheck.show.text import Table, plain_text
from gradcheck.verdicts.array_report import (
    ArrayReport,
)
from gradcheck.verdicts.checked_input import Parameters
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Array

__all__ = ["assert_gradients"]

# Rows of the table in the message: the entries that are furthest off, as many as are read at once.
ROWS = 5


def assert_gradients(
    cost: Callable[..., Array], parameters: Parameters, gradients: Parameters, **options: Any
) -> None:
    """Assert that gradients are right, for use in a test.

    Args:
        cost: as for ``check_gradients``, as is all that follows.
        parameters: what the cost depends on.
        gradients: what is claimed.
        **options: ``scheme``, ``epsilon``, ``sample``, ``seed``, ``digits``, ``bounds``,
            ``nondeterminism``, ``progress``.

    Raises:
        AssertionError: an entry disagrees, or nothing could be decided in some array; the message
            is the table of the worst entries, the verdict, and the likely mistake.
        BadInput: (a ``ValueError``) names, shapes or values that cannot be worked with.

    >>> import numpy as np
    >>> w = np.array([1.0, 2.0])
    >>> assert_gradients(lambda w: (w**2).sum(), w, 2 * w)
    >>> try:
    ...     assert_gradients(lambda w: (w**2).sum(), w, np.array([2.0, 5.0]))
    ... except AssertionError as error:
    ...     row = str(error).splitlines()[2].split()
    ...     print(row[1:4], row[-1])
    ['[1]', '5.000e+00', '4.000e+00'] disagree

    """
    __tracebackhide__ = True  # pytest then shows the line that asked
    report = check_gradients(cost, parameters, gradients, **options)
    if not report.ok:
        parts = [_worst_entries(report), *report.conclusion_parts()]
        raise AssertionError(plain_text(parts))


def _worst_entries(report: Report) -> Table:
    """The entries that contradict the measurement most, or that it says too little of."""
    disagrees = report.verdict is Verdict.DISAGREE
    wanted = (int(Verdict.DISAGREE),) if disagrees else (int(Verdict.UNDECIDED),)
    # Each entry of an undecided array may agree, within a bar that says little.
    blunt = () if disagrees else [array.name for array in report.undecided_arrays]
    found: list[tuple[float, ArrayReport, int]] = []
    for array in report.arrays:
        bars = array.errors_in_bars
        counted = (*wanted, int(Verdict.AGREE)) if array.name in blunt else wanted
        chosen = np.flatnonzero(np.isin(array.verdicts, counted))
        worst = chosen[np.argsort(-bars[chosen], kind="stable")][:ROWS]
        found += [(float(bars[position]), array, int(position)) for position in worst]
    found.sort(key=lambda entry: -entry[0])
    return Table(
        "The worst entries",
        ("array", "index", "backprop", "numerical", "error", "bar", "verdict"),
        tuple(_row(array, position) for _, array, position in found[:ROWS]),
    )


def _row(array: ArrayReport, position: int) -> tuple[str, ...]:
    backprop, numerical = float(array.backprop[position]), float(array.numerical[position])
    return (
        array.name,
        index_text(array.index_of(position)),
        *differing_texts(backprop, numerical),
        scientific(abs(backprop - numerical)),
        scientific(float(array.error_bar[position])),
        Verdict(int(array.verdicts[position])).word,
    )
