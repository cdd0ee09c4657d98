"""Matrices as text, side by side, in lines of 80 characters."""

from collections.abc import Sequence

import numpy as np

from gradcheck.show.text import WIDTH
from gradcheck.walk.walk_step import Term
from nets.arrays import HostArray

__all__ = ["matrices_text"]

# Rows and columns that are shown of a large matrix: two bands of such matrices fit on a screen.
MOST_ROWS, MOST_COLUMNS = 4, 4
GAP = "   "


def matrices_text(terms: Sequence[Term]) -> list[str]:
    """Lines that show the matrices, as many side by side as fit."""
    blocks = [_block(term) for term in terms]
    bands: list[list[list[str]]] = []
    for block in blocks:
        last = bands[-1] if bands else None
        if last is not None and sum(map(_width, [*last, block])) + len(GAP) * len(last) <= WIDTH:
            last.append(block)
        else:
            bands.append([block])
    lines: list[str] = []
    for band in bands:
        lines += ["", *_beside(band)]
    return lines[1:]


def _block(term: Term) -> list[str]:
    """The name of a matrix with its shape, and below it its rows."""
    shape = f"({term.values.shape[0]}, {term.values.shape[1]})"
    name = " ".join(filter(None, (term.sign, term.name, shape)))
    return [name, *_rows(term.values)]


def _rows(matrix: HostArray) -> list[str]:
    rows = _some(range(matrix.shape[0]), MOST_ROWS)
    columns = _some(range(matrix.shape[1]), MOST_COLUMNS)
    shown = [
        ["..." if None in (i, j) else _number(float(matrix[i, j])) for j in columns] for i in rows
    ]
    widths = [max(len(row[j]) for row in shown) for j in range(len(columns))]
    return [
        f"[ {'  '.join(text.rjust(width) for text, width in zip(row, widths, strict=True))} ]"
        for row in shown
    ]


def _some(every: range, most: int) -> list[int | None]:
    """All of them, or the first ones, a gap (None), and the last one."""
    if len(every) <= most:
        return list(every)
    return [*every[: most - 2], None, every[-1]]


def _number(value: float) -> str:
    """A number with four digits that count.

    >>> _number(0.0), _number(-0.01234567), _number(1.5e-7)
    ('0', '-0.01235', '1.500e-07')
    """
    if value == 0.0 or not np.isfinite(value):
        return f"{value:g}"
    if not 1e-4 <= abs(value) < 1e4:
        return f"{value:.3e}"
    return f"{value:#.4g}"


def _width(block: Sequence[str]) -> int:
    return max(map(len, block))


def _beside(blocks: Sequence[Sequence[str]]) -> list[str]:
    height = max(map(len, blocks))
    filled = [[*block, *[""] * (height - len(block))] for block in blocks]
    widths = list(map(_width, blocks))
    return [
        GAP.join(row[i].ljust(width) for row, width in zip(filled, widths, strict=True)).rstrip()
        for i in range(height)
    ]
