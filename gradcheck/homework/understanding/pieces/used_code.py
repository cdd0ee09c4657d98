"""Which of a student's functions a network calls, and what they return."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part, Values
from nets.arrays import HostArray

__all__ = ["code_of", "code_used_by", "is_one_pass"]


def code_used_by(part: Part) -> frozenset[CodeType]:
    """The code of every function that ran while a part's gradients were computed.

    Args:
        part: whose gradients are computed once.

    Raises:
        StudentError: its code raised something.

    """
    seen: set[CodeType] = set()

    def see(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            seen.add(frame.f_code)

    with _watched(see):
        part.claims_at(part.values)
    return frozenset(seen)


def is_one_pass(part: Part, values: Values, folder: Path) -> bool:
    """Whether the gradients come from a forward pass that gives the same numbers as the cost.

    Some networks compute their cost as for new examples, without dropout and with the running means
    of batch norm, and their gradients as for training. Then the cost cannot check them.

    Args:
        part: a network.
        values: of its arrays.
        folder: of the student's files; only their functions count.

    Raises:
        StudentError: its code raised something.

    """
    own = str(folder)
    of_cost, of_claims = (
        _last_returned(run, values, own) for run in (part.cost.at, part.claims_at)
    )
    both = [code for code in of_cost if code in of_claims]
    return bool(both) and all(np.array_equal(of_cost[each], of_claims[each]) for each in both)


def _last_returned(
    run: Callable[[Values], Any], values: Values, folder: str
) -> dict[CodeType, HostArray]:
    """The last numbers that each function in a folder returned."""
    found: dict[CodeType, HostArray] = {}

    def see(frame: FrameType, event: str, value: Any) -> None:
        if event == "return" and frame.f_code.co_filename.startswith(folder):
            for each in _numbers_in(value)[:1]:
                found[frame.f_code] = each

    with _watched(see):
        run(values)
    return found


def _numbers_in(value: Any) -> list[HostArray]:
    """Copies of the numbers that a function returned, also in a tuple."""
    several = value if isinstance(value, tuple) else (value,)
    return [
        np.array(each)
        for each in several
        if isinstance(each, float | np.floating)
        or (isinstance(each, np.ndarray) and each.dtype.kind == "f")
    ]


@contextmanager
def _watched(see: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    """Have each call and each return of a function seen."""
    before = sys.getprofile()
    sys.setprofile(see)
    try:
        yield
    finally:
        sys.setprofile(before)


def code_of(function: Callable[..., Any] | None) -> CodeType | None:
    """The code of a function; None if it is no function of Python.

    >>> code_of(len) is None
    True
    """
    found = getattr(function, "__code__", None)
    return found if isinstance(found, CodeType) else None
