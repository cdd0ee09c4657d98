"""What to mend where nothing is known of layers: the likely mistake in each wrong array."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradcheck.verdicts.array_report import ArrayReport

__all__ = ["ArrayDiagnosis", "names_text"]

# Lines that a report spends on causes. More of them push the verdict off the screen.
MOST_CAUSES = 4


@dataclass(frozen=True)
class ArrayDiagnosis:
    """The likely mistake in the gradient of one array, found from its numbers alone.

    Attributes:
        array: its name.
        likely_cause: the name of the mistake; None if no known mistake explains the numbers, or if
            only hints are to be given.
        says: the mistake in a sentence; None likewise.
        evidence: how the numbers are wrong; None if only hints are to be given.
        hints: at most three: the array, its numbers, and the lines to read.
        others: the same of the other wrong arrays.

    """

    array: str
    likely_cause: str | None
    says: str | None
    evidence: str | None
    hints: tuple[str, ...]
    others: tuple["ArrayDiagnosis", ...] = ()

    def as_hints(self, count: int) -> "ArrayDiagnosis":
        """Only the first hints: the mistake stays hidden.

        Args:
            count: how many hints, 1 to 3.

        """
        hints = self.hints[:count]
        return replace(self, likely_cause=None, says=None, evidence=None, hints=hints, others=())

    def is_about(self, array: ArrayReport) -> bool:
        """Whether an array is the one to mend first."""
        return array.name == self.array

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings; ``arrays`` has every wrong array, this one first."""
        return {
            "array": self.array,
            "likely_cause": self.likely_cause,
            "says": self.says,
            "evidence": self.evidence,
            "hints": list(self.hints),
            "arrays": [
                {"array": each.array, "likely_cause": each.likely_cause, "evidence": each.evidence}
                for each in (self, *self.others)
            ],
        }

    def lines(self) -> list[str]:
        """A line for each mistake, with all arrays that have it; or the hints."""
        if self.evidence is None:
            return [f"Hint {n}: {hint}" for n, hint in enumerate(self.hints, start=1)]
        groups: dict[tuple[str | None, str | None], list[ArrayDiagnosis]] = {}
        for each in (self, *self.others):
            groups.setdefault((each.likely_cause, each.says), []).append(each)
        lines = [_line(group) for group in groups.values()]
        if len(lines) <= MOST_CAUSES:
            return lines
        rest = [each.array for group in list(groups.values())[MOST_CAUSES:] for each in group]
        return [*lines[:MOST_CAUSES], f"The gradients of {names_text(rest)} have other mistakes."]


def _line(group: Sequence[ArrayDiagnosis]) -> str:
    """The line of one mistake, or of all arrays that no known mistake explains."""
    first, names = group[0], names_text([each.array for each in group])
    of = f"the gradient{'s' if len(group) > 1 else ''} of {names}"
    if first.likely_cause is None:
        about = f"{first.array}: " if len(group) > 1 else ""
        return f"No known mistake fits {of}. {about}{first.evidence} {first.hints[-1]}"
    evidence = f" {first.evidence}" if len(group) == 1 else ""
    return f"Likely mistake in {of}: {first.says}{evidence} ({first.likely_cause})"


def names_text(names: Sequence[str], most: int = 6) -> str:
    """Names in a sentence; beyond ``most``, how many more there are.

    >>> names_text(["W1"]), names_text(["W1", "b1", "W2"])
    ('W1', 'W1, b1 and W2')
    >>> names_text([f"W{n}" for n in range(9)], most=2)
    'W0, W1 and 7 more'
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last
