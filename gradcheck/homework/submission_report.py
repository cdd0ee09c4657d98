"""What a check of somebody else's class found."""

from dataclasses import dataclass, field, replace
from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.verdicts.report import Report

__all__ = ["SubmissionReport"]


@dataclass(frozen=True)
class SubmissionReport:
    """What a check of somebody else's class found.

    Attributes:
        report: the verdicts on the entries; None if the check could not be finished.
        findings: how the class was understood, and what is unusual about it.
        cost: what was taken for the cost.
        failure: why the check could not be finished, in one line; empty if it was.
        traceback: the student's own frames, if the class raised something.
        likely_cause: of a disagreement.
        seconds: of the whole check, of one cost and of one backprop of the mini-batch.

    """

    report: Report | None
    findings: tuple[Finding, ...] = ()
    cost: str = ""
    failure: str = ""
    traceback: str = ""
    likely_cause: LikelyCause | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The verdict, or ``failed``."""
        return "failed" if self.report is None else self.report.verdict.word

    def failed(self, error: StudentError) -> "SubmissionReport":
        """The same, of a check that could not be finished because of an error."""
        return replace(self, failure=printable(error.line), traceback=printable(error.traceback))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: everything but the report itself."""
        cause = self.likely_cause
        return {
            "failure": self.failure or None,
            "traceback": self.traceback or None,
            "findings": [{"kind": each.kind, "text": each.text} for each in self.findings],
            "likely_cause": None if cause is None else cause.to_dict(),
        }
