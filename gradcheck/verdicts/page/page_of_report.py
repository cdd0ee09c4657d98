"""A report as a page shows it."""

from typing import TYPE_CHECKING

from gradcheck.show.numbers import seconds_text
from gradcheck.show.text import Part, Sentence
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.page.report_page import CheckOnPage, ReportPage
from gradcheck.verdicts.report_notes import comparison_note

if TYPE_CHECKING:
    from gradcheck.verdicts.report import Report

__all__ = ["check_on_page", "mend_lines", "page_of_report"]


def page_of_report(
    report: "Report", title: str, about: tuple[str, ...] = (), costs: tuple[Part, ...] = ()
) -> ReportPage:
    """The page of one report.

    Args:
        report: what a check found.
        title: what was checked.
        about: sentences on what was checked, and how.
        costs: what it cost; if empty, what the report itself knows.

    """
    scheme = scheme_named(report.scheme).title
    how = f"{report.parameters:,} parameters, by {scheme} with epsilon {report.epsilon:.1e}."
    fault = report.comparison is not None and not report.comparison.ok
    faults = (comparison_note(report.comparison),) if fault and report.comparison else ()
    took = (
        f"The check computed the cost {report.evaluations:,} times, in "
        f"{seconds_text(report.seconds)}."
    )
    word, sentence = report.verdict.word, report.sentence
    if report.findings:  # the numbers agree, and the backward pass is wrong all the same
        word, sentence = "disagree", f"WRONG {report.findings[0]} The numbers: {sentence}"
    return ReportPage(
        title,
        word,
        sentence,
        about=(*faults, *(about or (how,))),
        mend=mend_lines(report),
        hints=() if report.diagnosis is None else report.diagnosis.hints,
        checks=(check_on_page(report),),
        costs=costs or (Sentence(took),),
    )


def check_on_page(
    report: "Report", heading: str = "", before: tuple[Part, ...] = ()
) -> CheckOnPage:
    """What a page shows of one check: the arrays as pictures, the tables and the notes.

    Args:
        report: what the check found.
        heading: what was checked; empty where the page shows nothing else.
        before: what stands above the tables.

    """
    return CheckOnPage(heading, report.verdict, report.arrays, tuple(report.found_parts()), before)


def mend_lines(report: "Report") -> tuple[str, ...]:
    """What is wrong besides the numbers, and the likely mistake; not where only hints are given."""
    findings = tuple(f"WRONG {each}" for each in report.findings)
    diagnosis = report.diagnosis
    if diagnosis is None or diagnosis.evidence is None:
        return findings
    return (*findings, *diagnosis.lines())
