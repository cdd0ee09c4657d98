"""What is shown about several parts: the layers of a chain, or the pieces of a file."""

from collections.abc import Sequence

from gradcheck.homework.disagreement import wrong_arrays
from gradcheck.homework.finding import ODDITY
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.verdicts.verdict import Verdict

__all__ = ["details_of", "oddities_of", "verdicts_on"]


def verdicts_on(title: str, parts: Sequence[PartReport]) -> Table:
    """A line for each part: its verdict, and which gradients are wrong in it.

    Args:
        title: of the table.
        parts: layers, or pieces of a file.

    """
    rows = []
    for part in parts:
        counts = part.report.counts
        wrong = ", ".join(array.name for array in wrong_arrays(part.report))
        rows.append(
            (
                part.name,
                part.verdict.word,
                f"{counts['agree']:,}",
                f"{counts['disagree']:,}",
                wrong or "-",
            )
        )
    heads = ("", "verdict", "agree", "disagree", "wrong gradients of")
    return Table(title, heads, tuple(rows), left=2)


def details_of(parts: Sequence[PartReport]) -> list[Part]:
    """The tables of those parts that do not agree, and for pieces of a file their likely mistakes.

    Args:
        parts: layers, or pieces of a file.

    """
    found: list[Part] = []
    for part in parts:
        if part.verdict is Verdict.AGREE:
            continue
        rows = tuple((each.kind, each.text) for each in part.findings)
        table = [Table(f"How {part.name} was understood", ("", "what"), rows, left=2)]
        found += [*(table if rows else []), *part.report.found_parts()]
        found += part.report.conclusion_parts()
        if part.likely_cause is not None:
            found.append(Sentence(part.likely_cause.sentence))
    return found


def oddities_of(found: SubmissionReport) -> list[tuple[str, str]]:
    """What is unusual about parts after the first, for the table of findings."""
    return [
        (each.kind, f"{part.name}: {each.text}")
        for part in found.parts[1:]
        for each in part.findings
        if each.kind == ODDITY
    ]
