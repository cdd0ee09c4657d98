"""The row of a submission, filled with what the checks of its parts found."""

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.homework.finding import GUESS, UNUSABLE
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.graded_part import GradedPart, worst_of
from gradcheck.homework.grading.student_line import with_line
from gradcheck.homework.grading.table_cells import line_text

__all__ = ["NOT_ASKED_FOR", "NOT_ISOLATED", "filled"]

NOT_ASKED_FOR = "It does not compute what was asked for"
NOT_ISOLATED = (
    "It was not isolated: it could reach your files, your other processes and the network."
)


def filled(row: Row, parts: Sequence[GradedPart], remarks: Sequence[str], isolated: bool) -> Row:
    """The row, with what the checks found."""
    worst = worst_of([part.found for part in parts])
    several = len(parts) > 1

    def joined(texts: Sequence[str]) -> str:
        return line_text("; ".join(_named(parts, [[text] for text in texts])))

    arrays = [(part.count, part.arrays_right or 0.0) for part in parts]
    # If nothing in a submission could be checked, no share is known.
    total = sum(count for count, _ in arrays) if any(part.arrays for part in parts) else 0
    right = sum(count * share for count, share in arrays) / total if total else None
    sharp = [part.sharpness for part in parts]
    points = [part.points for part in parts if part.points is not None]
    said = _named(parts, [_remarks(part, isolated=isolated) for part in parts])
    return replace(
        row,
        verdict=worst.word,
        arrays_right=None if right is None else round(right, 4),
        first_wrong=joined([part.first_wrong for part in parts]),
        likely_cause=joined([part.likely_cause for part in parts]),
        error=joined([with_line(part.found) for part in parts]),
        remarks=line_text(" ".join(dict.fromkeys(filter(None, (*said, *remarks))))),
        points=round(sum(points), 2) if points else None,
        part_points=tuple((part.name, part.points or 0.0) for part in parts)
        if several and points
        else (),
        cost_taken=joined([part.found.cost for part in parts]),
        sharpness=None if None in sharp else float(f"{max(filter(None, sharp), default=0.0):.3g}"),
        format=joined([part.found.format for part in parts]),
    )


def _named(parts: Sequence[GradedPart], said: Sequence[Sequence[str]]) -> list[str]:
    """The texts about the parts, each once, after the names of its parts.

    A text about all parts has no names before it.

    Args:
        parts: at least one.
        said: the texts on each part; empty ones do not count.

    """
    names: dict[str, list[str]] = {}
    for part, texts in zip(parts, said, strict=True):
        for text in dict.fromkeys(filter(None, texts)):
            names.setdefault(text, []).append(part.name)
    return [
        text if len(some) == len(parts) else f"{', '.join(some)}: {text}"
        for text, some in names.items()
    ]


def _remarks(part: GradedPart, *, isolated: bool) -> list[str]:
    """What is unusual about the code, and what the report says beside its verdict."""
    found = part.found
    said = [each.text for each in found.findings if each.kind not in (GUESS, UNUSABLE)]
    if found.unlike_reference:
        said.append(f"{NOT_ASKED_FOR}: {found.unlike_reference}.")
    if found.report is not None:
        said += found.report.remarks
    if not isolated and found.deeds:
        said.append(NOT_ISOLATED)
    return said
