"""What a check of somebody else's class found."""

from dataclasses import dataclass, field, replace
from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.first_wrong_layer import FirstWrongLayer
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.student_code import StudentError, Unread
from gradcheck.homework.student_text import printable
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["SubmissionReport"]

WORST_FIRST = (Verdict.DISAGREE, Verdict.UNDECIDED, Verdict.AGREE)


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
        name: of the class or function that was checked; empty if none was found.
        format: the name of the format that it was read in; empty likewise.
        parts: what was found of each part, the first of which ``report`` is about too.
        layers: how many of the parts after the first are its layers; the others are pieces of the
            file.
        first_wrong_layer: of a chain in which something disagrees; None otherwise.
        sizes: neurons in each layer of a fully connected network; None where there is none.
        is_unread: whether the check failed because nothing in the file could be read.
        left_out: what belongs to the file and could not be checked.
        unlike_reference: why it does not compute what it should; empty if it does, or if nothing
            was asked for.
        deeds: what the code was seen to do besides computing: processes, network, other files.

    """

    report: Report | None
    findings: tuple[Finding, ...] = ()
    cost: str = ""
    failure: str = ""
    traceback: str = ""
    likely_cause: LikelyCause | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    name: str = ""
    format: str = ""
    parts: tuple[PartReport, ...] = ()
    layers: int = 0
    first_wrong_layer: FirstWrongLayer | None = None
    sizes: tuple[int, ...] | None = None
    is_unread: bool = False
    left_out: tuple[LeftOut, ...] = ()
    unlike_reference: str = ""
    deeds: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """Disagree if any part does, or has a fault; else undecided if any is; None if it failed.

        It is undecided too if a backward pass could not be checked: a mistake may be there.
        """
        if self.report is None:
            return None
        found = {self.report.verdict, *(part.verdict for part in self.parts)}
        if any(each.is_open for each in self.left_out):
            found.add(Verdict.UNDECIDED)
        return next(each for each in WORST_FIRST if each in found)

    @property
    def evaluations(self) -> int:
        """How many costs were computed for all parts."""
        if self.parts:
            return sum(part.report.evaluations for part in self.parts)
        return 0 if self.report is None else self.report.evaluations

    @property
    def pieces(self) -> tuple[PartReport, ...]:
        """The parts that are no layers of the first, which is a piece itself."""
        return (*self.parts[:1], *self.parts[1 + self.layers :])

    @property
    def is_library(self) -> bool:
        """Whether there are several separate pieces, such as the layers of a file."""
        return len(self.pieces) > 1

    @property
    def word(self) -> str:
        """The verdict, or ``failed``."""
        return "failed" if self.verdict is None else self.verdict.word

    def as_hints(self, count: int) -> "SubmissionReport":
        """The same without the name of the mistake; with hints, if the diagnosis has some.

        Args:
            count: how many hints, 1 to 3.

        """
        report, layer = self.report, self.first_wrong_layer
        if report is not None and report.diagnosis is not None:
            report = replace(report, diagnosis=report.diagnosis.as_hints(count))
        if layer is not None:
            # The verdicts on the layers would show which layer it is.
            layer = layer.as_hints(count)
            return replace(
                self,
                report=report,
                likely_cause=None,
                first_wrong_layer=layer,
                parts=(self.parts[0], *(part.as_hints(count) for part in self.pieces[1:])),
                layers=0,
            )
        parts = tuple(part.as_hints(count) for part in self.parts)
        return replace(self, report=report, likely_cause=None, parts=parts)

    def failed(self, error: StudentError) -> "SubmissionReport":
        """The same, of a check that could not be finished because of an error."""
        return replace(
            self,
            failure=printable(error.line),
            traceback=printable(error.traceback),
            is_unread=isinstance(error, Unread),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: everything but the report itself."""
        cause, layer = self.likely_cause, self.first_wrong_layer
        return {
            "failure": self.failure or None,
            "traceback": self.traceback or None,
            "findings": [{"kind": each.kind, "text": each.text} for each in self.findings],
            "likely_cause": None if cause is None else cause.to_dict(),
            "name": self.name or None,
            "format": self.format or None,
            "first_wrong_layer": None if layer is None else layer.to_dict(),
            "parts": [part.to_dict() for part in self.parts[1:]],
            "left_out": [each.to_dict() for each in self.left_out],
        }
