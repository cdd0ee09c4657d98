"""The page of a check of somebody else's code: one part, a chain of layers, or several pieces."""

from gradcheck.homework.part_report import PartReport
from gradcheck.homework.parts_words import verdicts_on
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.submission_words import (
    conclusion_parts,
    failure_parts,
    left_out_parts,
    time_part,
    understood_table,
)
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.verdicts.page.page_of_report import check_on_page
from gradcheck.verdicts.page.report_page import CheckOnPage, ReportPage
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["submission_page"]


def submission_page(title: str, settings: str, found: SubmissionReport) -> ReportPage:
    """The page of a submission.

    Args:
        title: of what was checked, such as ``homework.py:Network``.
        settings: a sentence on what was checked, and how.
        found: what the check found.

    """
    understood = (*understood_table(title, found), *left_out_parts(found))
    if found.is_library:
        understood = (verdicts_on("Each piece by itself", found.parts), *understood)
    if found.report is None:
        failed = failure_parts(title, found)[-1]
        return ReportPage(
            title,
            "failed",
            failed.text if isinstance(failed, Sentence) else found.failure,
            about=(settings,),
            traceback=found.traceback,
            understood=understood,
        )
    mend, hints = _what_to_mend(found)
    return ReportPage(
        title,
        found.word,
        _sentence(found, found.report),
        about=(settings,),
        mend=mend,
        hints=hints,
        understood=understood,
        checks=tuple(_checks(found, found.report)),
        costs=(time_part(found),),
    )


def _sentence(found: SubmissionReport, report: Report) -> str:
    """The verdict on all of it."""
    faults = [each.name for each in found.left_out if each.is_open]
    if faults and found.verdict is Verdict.UNDECIDED:
        return f"UNDECIDED The code failed in {', '.join(faults)}, which could not be checked."
    if not found.is_library:
        return report.sentence
    alike = [part.name for part in found.parts if part.report.verdict is found.verdict]
    number = f"{len(alike)} of {len(found.parts)} pieces"
    if found.verdict is Verdict.AGREE:
        return f"AGREE All {len(alike)} pieces are right, each by itself."
    verb = "is" if len(alike) == 1 else "are"
    what = f"{verb} wrong" if found.verdict is Verdict.DISAGREE else f"{verb} undecided"
    return f"{found.word.upper()} {number} {what}: {', '.join(alike)}."


def _what_to_mend(found: SubmissionReport) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The likely mistake, and the hints; of a library each piece has its own.

    If a chain of layers is among the pieces, it is the first wrong layer of that.
    """
    report, layer = found.report, found.first_wrong_layer
    if report is None or (found.is_library and layer is None):
        return (), ()
    diagnosis = report.diagnosis
    if layer is not None:
        hints, only_hints = layer.hints, layer.cause is None
    elif diagnosis is not None:
        hints, only_hints = diagnosis.hints, diagnosis.evidence is None
    else:
        hints, only_hints = (), False
    if only_hints:
        return tuple(f"WRONG {each}" for each in report.findings), hints
    said = conclusion_parts(report, found.likely_cause, layer)[1:]
    return tuple(part.text for part in said if isinstance(part, Sentence)), hints


def _checks(found: SubmissionReport, report: Report) -> list[CheckOnPage]:
    """The pictures and tables of the whole, and those of each layer or piece."""
    if found.is_library:
        return [check_on_page(each.report, each.name, _piece(each)) for each in found.parts]
    layers = found.parts[1:]
    if not layers:
        return [check_on_page(report)]
    table = verdicts_on("Each layer by itself", layers)
    whole = check_on_page(report, found.name or "The whole", (table,))
    return [whole, *(check_on_page(each.report, each.name) for each in layers)]


def _piece(piece: PartReport) -> tuple[Part, ...]:
    """The verdict on a piece, its likely mistake, and how it was understood."""
    said = conclusion_parts(piece.report, piece.likely_cause)
    rows = tuple((each.kind, each.text) for each in piece.findings)
    table = Table(f"How {piece.name} was understood", ("", "what"), rows, left=2)
    return (*said, table) if rows else tuple(said)
