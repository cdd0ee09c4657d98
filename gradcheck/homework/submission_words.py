"""What is said about a submission: how it was understood, why it failed, the verdict, the time."""

from dataclasses import replace

from gradcheck.homework.first_wrong_layer import FirstWrongLayer
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.parts_words import oddities_of
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.numbers import seconds_text
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.verdicts.report import Report

__all__ = [
    "conclusion_parts",
    "failure_parts",
    "left_out_parts",
    "time_part",
    "understood_table",
]


def understood_table(title: str, found: SubmissionReport) -> list[Part]:
    """How the code was understood, and what is unusual about it; empty if nothing is."""
    rows = [(each.kind, each.text) for each in found.findings] + oddities_of(found)
    return [Table(f"How {title} was understood", ("", "what"), tuple(rows), 2)] if rows else []


def left_out_parts(found: SubmissionReport) -> list[Sentence]:
    """What belongs to the file and was not checked."""
    return [Sentence(f"{each.name} was not checked: {each.line}.") for each in found.left_out]


def failure_parts(title: str, found: SubmissionReport) -> list[Part]:
    """Why the check could not be done, and the student's own lines, if they raised something."""
    end = "" if found.failure.endswith("?") else "."
    failed = Sentence(f"FAILED {found.failure}{end}", "bold red")
    if not found.traceback:
        return [failed]
    return [Sentence(f"In {title.partition(':')[0]}:\n{found.traceback}"), failed]


def time_part(found: SubmissionReport) -> Sentence:
    """What the check took: all its parts together."""
    seconds = found.seconds
    return Sentence(
        f"Computing the cost once took {seconds_text(seconds['cost'])}, one backprop of the "
        f"mini-batch {seconds_text(seconds['backprop'])}. The check computed the cost "
        f"{found.evaluations:,} times and took {seconds_text(seconds['check'])} in all."
    )


def conclusion_parts(
    report: Report, likely_cause: LikelyCause | None, layer: FirstWrongLayer | None = None
) -> list[Part]:
    """The verdict and one likely mistake: that of the diagnosis, else that of the numbers.

    Of a chain of layers, the first wrong layer and what is wrong in it. If only hints are given,
    they are those on this layer: hints on the arrays of the whole chain would be a second list.
    """
    if layer is not None and layer.cause is None:
        report = replace(report, diagnosis=None)
    conclusion = report.conclusion_parts()
    if layer is not None:
        return [*conclusion, *(Sentence(line) for line in layer.lines())]
    diagnosis = report.diagnosis
    if likely_cause is None or (diagnosis is not None and diagnosis.likely_cause is not None):
        return conclusion
    if diagnosis is not None:
        conclusion.pop()  # the sentence that no known mistake fits
    return [*conclusion, Sentence(likely_cause.sentence)]
