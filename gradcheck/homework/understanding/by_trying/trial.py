"""Code with a mini-batch and one way of handing it over: what is the same in all its calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import Handover
from gradcheck.homework.understanding.by_trying.outputs import Forward
from gradcheck.homework.understanding.by_trying.pool import Pool
from nets.arrays import HostArray

__all__ = ["Piece", "Together", "Trial"]


class Together(Enum):
    """What a function that takes inputs and targets in one argument receives."""

    ALL_PAIRS = auto()  # a list of (x, y), one for each example, in one call
    ONE_PAIR = auto()  # a list of one (x, y) in each call
    BOTH = auto()  # (x, y)


@dataclass(frozen=True)
class Piece:
    """The examples of one call.

    Attributes:
        x: inputs, as the code takes them.
        y: targets likewise.
        examples: how many there are.
        together: both, for a function that takes them in one argument.
        count: of the examples that are together.

    """

    x: Any
    y: Any
    examples: int
    together: Any
    count: int


@dataclass(frozen=True)
class Trial:
    """How some code is called.

    Attributes:
        batch: inputs (n_input, batch) and targets (n_output, batch).
        way: how they are handed over.
        forward: the forward pass that comes before a call; None if there is none.
        together: how inputs and targets are handed over in one argument.
        loss: a function that is called after the forward pass, because it leaves values that the
            backward pass needs; None if there is none.

    """

    batch: MiniBatch
    way: Handover
    forward: Forward | None
    together: Together = Together.BOTH
    loss: str | None = None

    def pieces(self) -> Iterator[Piece]:
        """What each call receives, in new arrays."""
        pieces = self.way.pieces(self.batch)
        examples = self.batch.size if self.way.whole else 1
        if self.together is Together.ALL_PAIRS:
            # This forward pass of the first example is only to find out what it leaves behind.
            yield Piece(*pieces[0], examples, pieces, self.batch.size)
            return
        for x, y in pieces:
            both: Any = [(x, y)] if self.together is Together.ONE_PAIR else (x, y)
            yield Piece(x, y, examples, both, examples)

    def given(self, code: Code, piece: Piece, *, quietly: bool = True) -> Pool:
        """What a function can be given for these examples, after a forward pass of them.

        Raises:
            StudentError: the forward pass raised something.

        """
        pool = code.pool
        if self.forward is not None:
            passed = self.forward.passed(code, piece.x, piece.y, piece.examples, quietly=quietly)
            pool = passed.given
        roles = {
            Role.INPUTS: piece.x,
            Role.TARGETS: piece.y,
            Role.EXAMPLES: piece.together,
            Role.COUNT: piece.count,
            Role.ROUNDS: 1,
            Role.MOMENTUM: 0.0,
        }
        pool = pool.with_roles(roles)
        if self.loss is not None:
            code.called(self.loss, pool, quietly=quietly)
        return pool

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
