"""Code with a mini-batch and one way of handing it over: what is the same in all its calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import Handover
from gradcheck.homework.understanding.by_trying.outputs import Forward
from gradcheck.homework.understanding.by_trying.pool import Pool
from nets.arrays import HostArray

__all__ = ["Piece", "Trial"]


@dataclass(frozen=True)
class Piece:
    """The examples of one call.

    Attributes:
        x: inputs, as the code takes them.
        y: targets likewise.
        examples: how many there are.

    """

    x: Any
    y: Any
    examples: int


@dataclass(frozen=True)
class Trial:
    """How some code is called.

    Attributes:
        batch: inputs (n_input, batch) and targets (n_output, batch).
        way: how they are handed over.
        forward: the forward pass that comes before a call; None if there is none.
        as_pairs: whether inputs and targets together are a list of pairs, and not one pair.

    """

    batch: MiniBatch
    way: Handover
    forward: Forward | None
    as_pairs: bool = True

    def pieces(self) -> Iterator[Piece]:
        """What each call receives, in new arrays."""
        examples = self.batch.size if self.way.whole else 1
        for x, y in self.way.pieces(self.batch):
            yield Piece(x, y, examples)

    def given(self, code: Code, piece: Piece, *, quietly: bool = True) -> Pool:
        """What a function can be given for these examples, after a forward pass of them.

        Raises:
            StudentError: the forward pass raised something.

        """
        pool = code.pool
        if self.forward is not None:
            passed = self.forward.passed(code, piece.x, piece.y, piece.examples, quietly=quietly)
            pool = passed.given
        together = [(piece.x, piece.y)] if self.as_pairs and not self.way.whole else None
        if together is None:
            together = (piece.x, piece.y)  # type: ignore[assignment]
        roles = {
            Role.INPUTS: piece.x,
            Role.TARGETS: piece.y,
            Role.EXAMPLES: together,
            Role.COUNT: piece.examples,
            Role.ROUNDS: 1,
            Role.MOMENTUM: 0.0,
        }
        return pool.with_roles(roles)

    def outputs(self, code: Code) -> HostArray:
        """The outputs (n_output, batch).

        Raises:
            StudentError: there is no forward pass.

        """
        if self.forward is None:
            raise StudentError(
                f"{code.name} has no forward pass; add forward(x) that returns the output"
            )
        return self.forward.outputs(code, self.way, self.batch)
