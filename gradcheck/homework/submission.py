"""What a check is asked to do: a class in a file, a mini-batch, and limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.workplace import Workplace
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Submission", "expect_file", "expect_files"]


@dataclass(frozen=True)
class Submission:
    """A class or functions in a file, and the mini-batch and limits that they are checked with.

    Attributes:
        path: of the file.
        class_name: of the class or function in it; None where the file leaves no doubt.
        sizes: neurons in each layer, which a class is built from; None for sizes that suit it.
        inputs: (n_input, batch), an example in each column; None to draw them for the sizes.
        targets: (n_output, batch); None likewise.
        cost: a name in ``COSTS_OF_OUTPUT``, used in place of the class's own cost; or None.
        seed: of the random numbers that the class draws, and of the sample of entries.
        limits: on time and memory.
        shapes: of arrays that functions take, by their names.
        drawn_examples: how many examples are drawn where no inputs are given.
        adapter: a file with a function ``build(module, sizes)`` that says how the code is read;
            None to find it out.
        format: the name of the only format that the code may be in; None for any.
        each_array: whether a gradient of a wrong shape is wrong by itself: the others are judged
            all the same. Otherwise the check ends there.
        workplace: the folders that the code runs in; None for the file's own and the user's.

    """

    path: Path
    class_name: str | None
    sizes: tuple[int, ...] | None = None
    inputs: HostArray | None = field(repr=False, default=None)
    targets: HostArray | None = field(repr=False, default=None)
    cost: str | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    drawn_examples: int = 10
    adapter: Path | None = None
    workplace: Workplace | None = None
    format: str | None = None
    each_array: bool = False

    @property
    def batch_size(self) -> int:
        """How many examples there are."""
        return self.drawn_examples if self.inputs is None else int(self.inputs.shape[1])

    @property
    def examples(self) -> MiniBatch | None:
        """The mini-batch; None if it is to be drawn."""
        if self.inputs is None or self.targets is None:
            return None
        return MiniBatch(
            np.asarray(self.inputs, dtype=np.float64), np.asarray(self.targets, dtype=np.float64)
        )


def expect_file(path: Path, example: str = "homework.py") -> None:
    """Check that there is a file to load.

    Args:
        path: of it.
        example: a name for it, for the message.

    Raises:
        BadInput: there is none.

    """
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise BadInput(f"{path} {found}; give a Python file, such as {example}")


def expect_files(submission: Submission) -> None:
    """Check that the file of a submission is there, and its adapter if it has one.

    Raises:
        BadInput: one of them is not.

    """
    expect_file(submission.path)
    if submission.adapter is not None:
        expect_file(submission.adapter, "adapter.py")
