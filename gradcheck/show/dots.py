"""A small picture of dots in text: one number against another, for any terminal."""

from collections.abc import Sequence

__all__ = ["dots_text"]

# Lines and columns of the picture. A character is about twice as high as it is wide.
LINES, COLUMNS = 11, 33


def dots_text(across: Sequence[float], up: Sequence[float]) -> str:
    """A dot for each pair of numbers, and the diagonal on which both are equal.

    Args:
        across: finite numbers, at least one, drawn from left to right.
        up: as many finite numbers, drawn from below to above, with the same scale.

    >>> print(dots_text([0.0, 1.0], [0.0, 1.0]).splitlines()[-1])
    o.

    """
    low, high = min(*across, *up), max(*across, *up)
    width = (high - low) or 1.0
    picture = [[" "] * COLUMNS for _ in range(LINES)]

    def put(x: float, y: float, mark: str) -> None:
        column = round((x - low) / width * (COLUMNS - 1))
        line = round((high - y) / width * (LINES - 1))
        picture[line][column] = mark

    for column in range(COLUMNS):
        value = low + width * column / (COLUMNS - 1)
        put(value, value, ".")
    for x, y in zip(across, up, strict=True):
        put(x, y, "o")
    return "\n".join("".join(line).rstrip() for line in picture)
