"""What a check is asked to do: a class in a file, a mini-batch, and limits."""

from dataclasses import dataclass, field
from pathlib import Path

from gradcheck.homework.process.limits import Limits
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Submission", "expect_file"]


@dataclass(frozen=True)
class Submission:
    """A class in a file, and the mini-batch and limits that it is checked with.

    Attributes:
        path: of the file.
        class_name: of the class in it.
        sizes: neurons in each layer, which the class is built from.
        inputs: (n_input, batch), an example in each column.
        targets: (n_output, batch).
        cost: a name in ``COSTS_OF_OUTPUT``, used in place of the class's own cost; or None.
        seed: of the random numbers that the class draws, and of the sample of entries.
        limits: on time and memory.

    """

    path: Path
    class_name: str
    sizes: tuple[int, ...]
    inputs: HostArray = field(repr=False)
    targets: HostArray = field(repr=False)
    cost: str | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)

    @property
    def batch_size(self) -> int:
        """How many examples there are."""
        return int(self.inputs.shape[1])


def expect_file(path: Path) -> None:
    """Check that there is a file to load a class from.

    Raises:
        BadInput: there is none.

    """
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise BadInput(f"{path} {found}; give a Python file, such as homework.py")
