"""What was found in a student's file and could not be checked, beside what was."""

from dataclasses import dataclass

__all__ = ["LeftOut"]


@dataclass(frozen=True)
class LeftOut:
    """Something that belongs to a file and was not checked.

    Attributes:
        name: as the student calls it, such as ``batchnorm_forward``.
        line: why, in one line without a full stop, such as ``it is not done yet``.
        is_open: whether the verdict on the file stays open because of it: it has a backward pass
            that could not be checked, or that failed. What is not written yet leaves nothing open.

    """

    name: str
    line: str
    is_open: bool = False

    def to_dict(self) -> dict[str, str]:
        """Plain strings."""
        return {"name": self.name, "line": self.line}
