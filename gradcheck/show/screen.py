"""What fits on one screen: what matters most, whole, and of the rest as much as there is room."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from gradcheck.show.text import Part, rendered

__all__ = ["LINES", "Block", "fitted"]

# Lines of a terminal of 24, less one for the prompt.
LINES = 23


@dataclass(frozen=True)
class Block:
    """A part of a screen that may be shortened or left out.

    Attributes:
        versions: the same part, the longest first. The first one that fits is shown.
        importance: blocks with a higher number are given room first.

    """

    versions: tuple[Part, ...]
    importance: int = 0


def fitted(
    head: Sequence[Part], blocks: Sequence[Block], end: Part, *, plain: bool, lines: int = LINES
) -> list[Part]:
    """The head, as many of the blocks as fit, and the end, in this order.

    Args:
        head: is always shown whole.
        blocks: in the order in which they are to stand.
        end: is always shown.
        plain: whether it will be shown without colours and lines.
        lines: how many there are, with the blank line after each part.

    """

    def height(*parts: Part) -> int:
        return rendered(parts, sys.stdout, plain=plain).count("\n")

    left = lines - height(*head, end)
    shown: dict[int, Part] = {}
    for position in sorted(range(len(blocks)), key=lambda at: -blocks[at].importance):
        for part in blocks[position].versions:
            if (needed := height(part)) <= left:
                shown[position] = part
                left -= needed
                break
    return [*head, *(shown[position] for position in sorted(shown)), end]
