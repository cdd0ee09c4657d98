"""What the first screen says about several parts: the layers of a chain, or pieces of a file."""

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.homework.part_report import PartReport
from gradcheck.homework.parts_words import verdicts_on
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.submission_words import left_out_parts
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.verdicts.report_words import STYLES
from gradcheck.verdicts.verdict import Verdict

__all__ = ["short_verdicts", "verdict_on_parts", "verdict_on_pieces"]

# Pieces whose likely mistake the first screen tells.
MOST_TOLD = 2
NOT_EVERYTHING = (
    "UNDECIDED What was checked agrees, but not everything could be checked. This is not a pass."
)


def verdict_on_pieces(found: SubmissionReport) -> list[Part]:
    """The verdict on a file of pieces, and the likely mistakes of the first wrong ones."""
    verdict = Verdict.UNDECIDED if found.verdict is None else found.verdict
    counted = len(found.parts)
    if verdict is Verdict.AGREE:
        return [Sentence(f"AGREE All {counted} pieces agree, each by itself.", STYLES[verdict])]
    doubted = [part for part in found.parts if part.verdict is verdict]
    names = f": {', '.join(part.name for part in doubted)}" if doubted else ""
    if verdict is Verdict.DISAGREE:
        text = f"DISAGREE {len(doubted)} of {counted} pieces disagree{names}."
    elif doubted:
        text = (
            f"UNDECIDED {len(doubted)} of {counted} pieces could not be confirmed{names}. "
            "This is not a pass."
        )
    else:
        return [Sentence(NOT_EVERYTHING, STYLES[verdict]), *_why_open(found)]
    told = [f"{part.name}: {_what_is_wrong(part)}" for part in doubted]
    if found.first_wrong_layer is not None:
        beside = [part for part in doubted if part in found.pieces[1:]]
        told = ["\n".join(found.first_wrong_layer.lines())]
        told += [f"{part.name}: {_what_is_wrong(part)}" for part in beside]
    return [Sentence(text, STYLES[verdict]), *map(Sentence, told[:MOST_TOLD])]


def _what_is_wrong(part: PartReport) -> str:
    """The likely mistake, else what is wrong besides the numbers, else the verdict's sentence."""
    if part.report.diagnosis is not None:
        return "\n".join(part.report.diagnosis.lines())
    if part.likely_cause is not None:
        return part.likely_cause.sentence
    return next(iter(part.report.findings), part.report.sentence)


def verdict_on_parts(found: SubmissionReport) -> list[Part]:
    """The verdict on the whole file, if its parts make it another one than its gradients do."""
    verdict, report = found.verdict, found.report
    if report is None or verdict is None or verdict is report.verdict or report.findings:
        return []
    if verdict is Verdict.DISAGREE:
        text = "DISAGREE One of its parts is wrong by itself."
    elif told := _why_open(found):
        text = NOT_EVERYTHING
        return [Sentence(text, STYLES[verdict]), *told]
    else:
        text = "UNDECIDED Not all of its parts could be confirmed. This is not a pass."
    return [Sentence(text, STYLES[verdict])]


def _why_open(found: SubmissionReport) -> list[Sentence]:
    """Why the verdict stays open, where something that was not checked leaves it so."""
    every = zip(found.left_out, left_out_parts(found), strict=True)
    return [sentence for left, sentence in every if left.is_open][:1]


def short_verdicts(parts: Sequence[PartReport], rows: int) -> tuple[Table, ...]:
    """A line for each piece, in versions of at most ``rows`` lines down to one.

    First those that do not agree. One more line counts the others together.
    """
    whole = verdicts_on("Each piece by itself", parts)
    doubtful = sorted(range(len(parts)), key=lambda at: parts[at].verdict is Verdict.AGREE)
    versions = []
    for most in range(min(rows, len(parts)), 0, -1):
        cells = [whole.rows[position] for position in sorted(doubtful[:most])]
        if others := doubtful[most:]:
            counts = [parts[position].report.counts for position in others]
            words = {parts[position].verdict.word for position in others}
            cells.append(
                (
                    f"{len(others)} other piece{'s' if len(others) > 1 else ''}",
                    " or ".join(sorted(words)),
                    f"{sum(each['agree'] for each in counts):,}",
                    f"{sum(each['disagree'] for each in counts):,}",
                    "-" if words == {Verdict.AGREE.word} else "see --details",
                )
            )
        versions.append(replace(whole, rows=tuple(cells)))
    return tuple(versions)
