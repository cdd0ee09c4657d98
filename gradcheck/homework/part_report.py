"""What a check of one part found: a network, a layer, or a pair of functions."""

from dataclasses import dataclass, replace
from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["PartReport"]


@dataclass(frozen=True)
class PartReport:
    """What a check of one part found.

    Attributes:
        name: of the part, as the student calls it.
        report: the verdicts on the entries.
        findings: how the part was understood, and what is unusual about it.
        likely_cause: of a disagreement.
        unlike_its_name: why its forward pass is not what its name says; empty if it is, if that is
            unclear, or if nobody asked.

    """

    name: str
    report: Report
    findings: tuple[Finding, ...] = ()
    likely_cause: LikelyCause | None = None
    unlike_its_name: str = ""

    @property
    def verdict(self) -> Verdict:
        """The verdict on its numbers; disagree if something else in it is wrong."""
        return Verdict.DISAGREE if self.report.findings else self.report.verdict

    def as_hints(self, count: int) -> "PartReport":
        """The same without the name of the mistake; with hints, if the diagnosis has some.

        Args:
            count: how many hints, 1 to 3.

        """
        report = self.report
        if report.diagnosis is not None:
            report = replace(report, diagnosis=report.diagnosis.as_hints(count))
        return replace(self, report=report, likely_cause=None)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        cause = self.likely_cause
        return {
            "name": self.name,
            "findings": [{"kind": each.kind, "text": each.text} for each in self.findings],
            "likely_cause": None if cause is None else cause.to_dict(),
            **self.report.to_dict(),
            "verdict": self.verdict.word,
        }
