"""A text in place of a text file that was not handed in, for code that learns its letters."""

import io
from typing import Any

__all__ = ["opened"]

# Few different letters: a network with an input for each of them is small.
TEXT = "the cat sat on the mat and ate the rat\n" * 20


def opened(missing: list[str]) -> Any:
    """An ``open`` that gives an invented text for a text file that is not there.

    Args:
        missing: receives the names of these files.

    """

    def open_or_invent(file: Any, mode: str = "r", *given: Any, **more: Any) -> Any:
        try:
            return open(file, mode, *given, **more)  # noqa: PTH123 (as the student calls it)
        except FileNotFoundError:
            if mode not in ("r", "rt", "r+"):
                raise
            missing.append(str(file))
            return io.StringIO(TEXT)

    return open_or_invent
