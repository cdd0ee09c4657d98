"""The manners in which people write a network: a right source for each, and the slips in it."""

import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gradcheck.exercise.slip import Slip
from gradcheck.exercise.slips import book, functions, layers, matrices, params, regularised

__all__ = ["MANNERS", "Manner", "place_of", "right_source", "with_slip"]


@dataclass(frozen=True)
class Manner:
    """A manner of writing a network.

    Attributes:
        name: what ``--manner`` calls it, and its file in ``manners`` without the ``.py``.
        says: what is in the file, to follow "Wrote homework.py:".
        slips: the mistakes that it can be given.

    """

    name: str
    says: str
    slips: tuple[Slip, ...]

    def slip(self, mistake: str) -> Slip | None:
        """The slip with this mistake; None if it has no sensible form in this manner."""
        return next((slip for slip in self.slips if slip.mistake == mistake), None)


MANNERS: dict[str, Manner] = {
    manner.name: manner
    for manner in (
        Manner("book", "a class that takes one example at a time, as in the book", book.SLIPS),
        Manner("matrices", "a class that takes a whole mini-batch", matrices.SLIPS),
        Manner("layers", "layer objects with forward and backward", layers.SLIPS),
        Manner("functions", "pairs of functions, forward and backward", functions.SLIPS),
        Manner("params", "functions over a dict of parameters", params.SLIPS),
        Manner(
            "regularised",
            "a class with a dict of parameters and a regularised loss",
            regularised.SLIPS,
        ),
    )
}


@cache
def right_source(manner: str) -> str:
    """The right source of a manner.

    Args:
        manner: its name.

    """
    return (files("gradcheck.exercise") / "manners" / f"{manner}.py").read_text("utf-8")


def place_of(source: str, lines: str) -> tuple[int, int] | None:
    """Where some lines stand in a source, however they are indented.

    Args:
        source: the text.
        lines: the lines, without the indentation that they share.

    Returns:
        The first line, counted from 1, and the one after the last. None if they do not stand there
        exactly once.

    """
    all_lines, count = source.splitlines(), len(lines.splitlines())
    if not count:
        return None
    found = [
        start
        for start in range(len(all_lines) - count + 1)
        if textwrap.dedent("\n".join(all_lines[start : start + count])) == lines
    ]
    return (found[0] + 1, found[0] + 1 + count) if len(found) == 1 else None


def with_slip(source: str, slip: Slip) -> str:
    """A right source with a slip in it.

    Args:
        source: the right source; the right lines of the slip stand in it once.
        slip: the mistake.

    """
    place = place_of(source, slip.right)
    assert place is not None
    lines = source.splitlines()
    first, end = place[0] - 1, place[1] - 1
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    wrong = textwrap.indent(slip.wrong, indent).splitlines()
    return "\n".join([*lines[:first], *wrong, *lines[end:], ""])
