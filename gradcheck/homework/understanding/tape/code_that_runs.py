"""Which functions run during a call."""

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

__all__ = ["code_that_runs"]


def code_that_runs(call: Callable[[], Any]) -> set[CodeType]:
    """The code of all Python functions that run while something is called.

    >>> def inner(): ...
    >>> inner.__code__ in code_that_runs(lambda: inner())
    True
    """
    found: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            found.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
    return found
