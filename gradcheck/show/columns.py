"""How wide the columns of a table are, and how a table that is too wide is cut into several."""

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["NARROWEST", "cuts", "narrowest"]

# Characters. A column of words may be made as narrow as this: longer cells go over several lines.
# It leaves names such as "layer 12 weights" on one line.
NARROWEST = 20
# A word in such a column stays whole if it has at most so many characters, as
# gradient_wrt_upstream_activations has.
LONGEST_WORD = 40


def narrowest(cells: Sequence[str], *, of_words: bool) -> int:
    """The least width of a column in which nothing is cut in two that should not be.

    Args:
        cells: the heading and the cells of the column.
        of_words: whether it holds words. Words may go over several lines, numbers may not.

    >>> narrowest(["seconds here", "1.24 s (estimate)"], of_words=False)
    17
    >>> narrowest(["what", "The cost is the mean over the mini-batch."], of_words=True)
    20

    """
    longest = max(map(len, cells))
    is_text = of_words or longest > 2 * NARROWEST  # such as a list of names
    if not is_text:
        return longest
    words = [len(word) for cell in cells for word in cell.split()]
    whole = max((length for length in words if length <= LONGEST_WORD), default=0)
    return min(longest, max(NARROWEST, whole))


def cuts(widths: Sequence[int], left: int, gap: int, room: int) -> list[range]:
    """Which columns of numbers stand together so that each table is at most ``room`` wide.

    The columns of words stand in each of the tables.

    Args:
        widths: the least width of each column.
        left: how many columns hold words.
        gap: characters between two columns.
        room: characters in a line.

    Returns:
        The positions of the columns of numbers, table by table. A column that is too wide by
        itself has a table of its own.

    >>> cuts([10, 5, 5, 5], left=1, gap=1, room=80)
    [range(1, 4)]
    >>> cuts([10, 5, 5, 5], left=1, gap=1, room=22)
    [range(1, 3), range(3, 4)]

    """
    words = sum(widths[:left]) + gap * (left - 1)
    begins, used = [left], words
    for position in range(left, len(widths)):
        used += gap + widths[position]
        if used > room and position > begins[-1]:
            begins.append(position)
            used = words + gap + widths[position]
    return [range(one, other) for one, other in pairwise([*begins, len(widths)])]
