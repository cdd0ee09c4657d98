"""The numbers of inputs and outputs that the matrices of an object may have."""

from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.leaves import arrays_of

__all__ = ["sizes_held_by"]

MOST = 6  # pairs that are tried


def sizes_held_by(code: Code) -> list[tuple[int, int]]:
    """Numbers of inputs and outputs, as the first and the last matrix may mean them.

    One column of the first may be that of the biases.
    """
    matrices = [value for value in arrays_of(code.root).values() if value.ndim == 2]
    if not matrices:
        return []
    first, last = matrices[0].shape, matrices[-1].shape
    found = [(n_in, n_out) for n_in in first for n_out in reversed(last)]
    found += [(n_in - 1, n_out) for n_in, n_out in found if n_in > 1]
    return list(dict.fromkeys(found))[:MOST]
