"""What is likely to be wrong with gradients that disagree: a mistake, or a place to look at."""

from dataclasses import dataclass

__all__ = ["LikelyCause"]


@dataclass(frozen=True)
class LikelyCause:
    """What is likely to be wrong.

    Attributes:
        name: of the mistake, or of the place to look at.
        evidence: sentences that say what speaks for it.
        is_mistake: whether it is a mistake; if not, no known mistake fits and it is a place.

    """

    name: str
    evidence: str
    is_mistake: bool = True

    @property
    def sentence(self) -> str:
        """The cause as a report prints it."""
        if not self.is_mistake:
            return self.evidence
        return f"Likely mistake: {self.evidence} ({self.name})"

    def to_dict(self) -> dict[str, str]:
        """Plain strings."""
        return {"name": self.name, "evidence": self.evidence}
