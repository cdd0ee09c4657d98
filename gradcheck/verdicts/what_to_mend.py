"""What to mend: the first wrong step and the likely mistake, as a record and in sentences."""

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Diagnosis", "diagnosis_lines"]


@dataclass(frozen=True)
class Diagnosis:
    """The first wrong step, and what is likely to be wrong with it.

    Attributes:
        layer: counted from 1.
        step: one of ``gradcheck.bugs.planting.STEPS``, or ``gradient_wrt_output``, the cost's own;
            None if only hints are to be given.
        likely_cause: the name of a mistake of the zoo; None if none explains the numbers.
        says: the mistake in a student's words; None likewise.
        evidence: the numbers that speak for it; None if only hints are to be given.
        hints: three of them, each saying more than the one before, none the answer.

    """

    layer: int
    step: str | None
    likely_cause: str | None
    says: str | None
    evidence: str | None
    hints: tuple[str, ...]

    def as_hints(self, count: int) -> "Diagnosis":
        """No more than the first hints say: the cause is left to be found, at first the step too.

        Args:
            count: how many hints, 1 to 3.

        """
        return Diagnosis(
            self.layer, self.step if count > 1 else None, None, None, None, self.hints[:count]
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {**asdict(self), "hints": list(self.hints)}


def diagnosis_lines(diagnosis: Diagnosis) -> list[str]:
    """The first wrong step and the likely mistake; or the hints, where no more is to be said."""
    if diagnosis.evidence is None:
        return [f"Hint {n}: {hint}" for n, hint in enumerate(diagnosis.hints, start=1)]
    likely = (
        "No known mistake fits these numbers."
        if diagnosis.likely_cause is None
        else f"Likely mistake: {diagnosis.says} ({diagnosis.likely_cause})"
    )
    return [
        f"First wrong step: {diagnosis.step} of layer {diagnosis.layer}. {diagnosis.evidence}",
        likely,
    ]
