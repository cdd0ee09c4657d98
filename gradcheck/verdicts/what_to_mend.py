"""What to mend: the first wrong step and the likely mistake, as a record and in sentences."""

from dataclasses import asdict, dataclass
from typing import Any

from gradcheck.verdicts.array_report import ArrayReport

__all__ = ["Diagnosis"]


@dataclass(frozen=True)
class Diagnosis:
    """The first wrong step of a backprop, and the mistake that is likely to be made there.

    Attributes:
        layer: counted from 1.
        step: the name of the step in ``gradcheck.bugs.chain_rule.CHAIN_RULE``; None if a hint must
            not name it.
        likely_cause: the name of a mistake, of the zoo or of ``gradcheck.diagnosis.array_causes``;
            None if no known mistake explains the numbers, or if only hints are to be given.
        says: that mistake in a sentence; None likewise.
        evidence: how the step was found, and how its numbers are wrong; None if only hints are to
            be given.
        hints: at most three. Each says more than the one before, and none gives the answer. If no
            known mistake fits, the last one names the lines to check.

    """

    layer: int
    step: str | None
    likely_cause: str | None
    says: str | None
    evidence: str | None
    hints: tuple[str, ...]

    def as_hints(self, count: int) -> "Diagnosis":
        """Only the first hints: the mistake stays hidden, and with one hint the step too.

        Args:
            count: how many hints, 1 to 3.

        """
        return Diagnosis(
            layer=self.layer,
            step=self.step if count > 1 else None,
            likely_cause=None,
            says=None,
            evidence=None,
            hints=self.hints[:count],
        )

    def is_about(self, array: ArrayReport) -> bool:
        """Whether an array is of the layer to mend."""
        return array.layer == self.layer

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {**asdict(self), "hints": list(self.hints)}

    def lines(self) -> list[str]:
        """The first wrong step and the likely mistake, or the lines to check; or only the hints."""
        if self.evidence is None:
            return [f"Hint {n}: {hint}" for n, hint in enumerate(self.hints, start=1)]
        likely = (
            f"No known mistake fits these numbers. {self.hints[-1]}"
            if self.likely_cause is None
            else f"Likely mistake: {self.says} ({self.likely_cause})"
        )
        return [f"First wrong step: {self.step} of layer {self.layer}. {self.evidence}", likely]
