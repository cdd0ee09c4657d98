"""What one part of a submission earns: computed from the verdicts, here and nowhere else."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gradcheck.homework.disagreement import common_factor, first_wrong
from gradcheck.homework.finding import DIFFERENCES, Finding
from gradcheck.homework.grading.assigned_arrays import assigned_arrays
from gradcheck.homework.grading.task import PartTask
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["GradedPart", "with_missing_as_wrong", "worst_of"]

WORST_FIRST = (None, Verdict.DISAGREE, Verdict.UNDECIDED, Verdict.AGREE)


@dataclass(frozen=True, eq=False)
class GradedPart:
    """One part of a submission, checked.

    Attributes:
        task: what was asked for.
        found: what the check found; with several seeds, the worst.

    """

    task: PartTask
    found: SubmissionReport

    @property
    def name(self) -> str:
        """The name of the part: as it was asked for, or as it was found."""
        return self.task.how.class_name or self.found.name or "homework"

    @property
    def arrays(self) -> tuple[ArrayReport, ...]:
        """All arrays that count: of a file with several pairs or layers those of each."""
        if self.found.report is None:
            return ()
        if self.found.is_library:
            return tuple(array for part in self.found.pieces for array in part.report.arrays)
        return self.found.report.arrays

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of arrays that an assignment asks for and that have no gradient."""
        if self.found.report is None or not self.task.is_assigned:
            return ()
        if not self.found.is_library:
            return _missing_in(self.found.findings)
        return tuple(
            f"{part.name}: {name}"
            for part in self.found.pieces
            for name in _missing_in(part.findings)
        )

    @property
    def count(self) -> int:
        """How many arrays count, with those that have no gradient.

        If a part of an assignment could not be checked: the arrays that it should have.
        """
        if self.found.report is None and self.task.is_assigned:
            return assigned_arrays(self.task.how)
        return len(self.arrays) + len(self.missing)

    @property
    def arrays_right(self) -> float | None:
        """The share of the arrays in which some entries agree and none disagrees."""
        if self.found.report is None or not self.count:
            return None
        return sum(map(_is_right, self.arrays)) / self.count

    @property
    def _right_as_asked(self) -> float:
        """The share of right arrays, without those of pieces that compute something else."""
        if not self.found.is_library:
            return self.arrays_right or 0.0
        pieces = [part for part in self.found.pieces if not part.unlike_its_name]
        right = sum(_is_right(array) for part in pieces for array in part.report.arrays)
        return right / self.count if self.count else 0.0

    @property
    def sharpness(self) -> float | None:
        """The smallest relative error that would have been seen in every array.

        None if nothing was seen.
        """
        largest = max((array.resolution for array in self.arrays), default=math.inf)
        return largest if math.isfinite(largest) else None

    @property
    def first_wrong(self) -> str:
        """The name of the first wrong array; in a file of many, its pair or layer comes first."""
        if self.found.report is None:
            return ""
        if not self.found.is_library:
            wrong = first_wrong(self.found.report)
            return next(iter(self.missing), "") if wrong is None else wrong.name
        for part in self.found.pieces:
            wrong = first_wrong(part.report)
            if wrong is not None:
                return f"{part.name}: {wrong.name}"
        return next(iter(self.missing), "")

    @property
    def likely_cause(self) -> str:
        """The name of each likely mistake and what shows it; and which gradients are missing."""
        if self.found.is_library:
            first, *others = self.found.pieces
            causes = [(first.name, self.found.likely_cause)]
            causes += [(part.name, part.likely_cause) for part in others]
            named = [f"{name}: {each.name}: {each.evidence}" for name, each in causes if each]
        else:
            cause = self.found.likely_cause
            named = [] if cause is None else [f"{cause.name}: {cause.evidence}"]
        return "; ".join([*named, *(f"{name}: missing" for name in self.missing)])

    @property
    def takes_differences(self) -> bool:
        """Whether some backward pass differentiates numerically."""
        findings = [*self.found.findings, *(f for p in self.found.parts for f in p.findings)]
        return any(each.kind == DIFFERENCES for each in findings)

    @property
    def points(self) -> float | None:
        """What it earns; None where there are no points."""
        if self.task.points is None:
            return None
        return round(self.task.points * self._share, 2)

    @property
    def _share(self) -> float:
        """The share of the points, from 0 to 1."""
        earned, unlike = self.task.earned, bool(self.found.unlike_reference)
        if self.found.verdict is None or (unlike and not self.found.is_library):
            return 0.0
        if self.found.verdict is Verdict.AGREE and not unlike:
            share = 1.0
        else:
            share = earned.arrays_right * self._right_as_asked
            # Where nothing could be decided, wide error bars admit any factor.
            wrong = self.found.verdict is Verdict.DISAGREE and not self.missing and not unlike
            factor = common_factor(self.arrays) if wrong else None
            if factor is not None:
                share = max(share, earned.constant_factor if factor > 0.0 else earned.wrong_sign)
        return share * earned.differences if self.takes_differences else share


def worst_of(found: Sequence[SubmissionReport]) -> SubmissionReport:
    """The worst of several checks of the same part; the first of equals."""
    return min(found, key=lambda each: (WORST_FIRST.index(each.verdict), not each.unlike_reference))


def with_missing_as_wrong(found: SubmissionReport) -> SubmissionReport:
    """The same, where a part that returns no gradient of some array disagrees.

    Args:
        found: of a check, where such an array is only unusual.

    """
    if found.report is None:
        return found
    parts = tuple(map(_part_with_missing, found.parts))
    return replace(found, parts=parts, report=parts[0].report if parts else found.report)


def _part_with_missing(part: PartReport) -> PartReport:
    said = tuple(each.text for each in part.findings if each.missing)
    return replace(part, report=replace(part.report, findings=(*part.report.findings, *said)))


def _missing_in(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(name for each in findings for name in each.missing)


def _is_right(array: ArrayReport) -> bool:
    return array.counts["agree"] > 0 and array.counts["disagree"] == 0
