"""The pieces of a file whose network cannot be read."""

import traceback
from collections.abc import Sequence
from dataclasses import replace

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pieces.measured_fit import measured_fit

__all__ = ["pieces_alone"]

LEAST_PIECES = 2  # one layer alone says little about a network


def pieces_alone(
    pieces: Contract, name: str, errors: Sequence[StudentError], asked: Asked
) -> Contract:
    """The pieces of a file, without its network.

    If the network was built and could not be read, it leaves the verdict open. A piece of it counts
    only if it is right, or wrong by any convention.

    Args:
        pieces: all that can be checked.
        name: of the network.
        errors: why it cannot be read, the most telling one first.
        asked: a seed.

    Raises:
        StudentError: fewer than two pieces can be checked.

    """
    others = tuple(each for each in pieces.left_out if each.name != name)
    if any(map(_is_not_built, errors)):
        return replace(pieces, left_out=(*others, LeftOut(name, errors[0].line)))
    parts = tuple(part for part in pieces.parts if _is_clear(part, asked.seed))
    if len(parts) < LEAST_PIECES:
        raise errors[0]
    unclear = tuple(
        LeftOut(part.name, "by itself it follows a convention that is not known")
        for part in pieces.parts
        if part not in parts
    )
    network = LeftOut(name, errors[0].line, is_open=True)
    return Contract(parts, left_out=(*others, *unclear, network))


def _is_not_built(error: StudentError) -> bool:
    """Whether a constructor raised an error: it may have been given the wrong arguments here."""
    if error.__cause__ is None:
        return False
    frames = traceback.extract_tb(error.__cause__.__traceback__)
    return any(each.name == "__init__" for each in frames)


def _is_clear(part: Part, seed: int) -> bool:
    """Whether a piece is right, or wrong by any convention."""
    try:
        fit = measured_fit(part, seed)
    except StudentError:
        return False
    is_input = [each.is_input for each in part.arrays]
    return fit.is_right or fit.is_surely_wrong(is_input, [part.batch_size])
