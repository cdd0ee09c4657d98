"""Whether a backward pass is no backprop: it moves parameters and takes differences of the cost.

The gradients of such a pass may be right, so the numbers do not show it. But it computes the cost
at parameters that are moved a little. So within one backward pass some function or variable of the
student's has many values that are nearly equal. A real backward pass has no such values.
"""

import math
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.finding import DIFFERENCES, Finding
from gradcheck.homework.student_code import StudentError

__all__ = ["differences_in"]

# Two values belong together if they differ by less than this part. Steps of 1e-3 and less change
# the cost by less; two examples change it by far more.
NEAR = 1e-3
# The share of the entries of the largest array for which there must be such a value. Differences
# for all entries give one or two values for each. Chosen.
SHARE = 0.5
# Values. Fewer than these may be near each other by chance. Chosen.
FEWEST = 12
# Steps of the student's code that are followed; then it goes on at full speed. A network of 195
# parameters whose backprop takes differences takes 20,000.
MOST_STEPS = 200_000
MOST_GROUPS = 64  # of values, for each function and variable
HERE = Path(__file__).parent
OURS = (str(HERE.parent), str(HERE.parents[1] / "nets"))


class _Follower:
    """Follows the student's code, and keeps what functions return and the values of variables."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.calls_us = False
        self.steps = 0
        # For each function or variable: the values that are near to a first one.
        self.groups: dict[tuple[CodeType, str], dict[complex, set[complex]]] = {}

    def most_alike(self) -> tuple[int, str]:
        """The most values that are near each other, and the name of the function or variable."""
        counts = [
            (len(values), name or code.co_name)
            for (code, name), groups in self.groups.items()
            for values in groups.values()
        ]
        return max(counts, default=(0, ""))

    def on_call(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        """Follow calls of the student's own functions; note those of this project."""
        file = frame.f_code.co_filename
        if file.startswith(self.folder):
            return self.on_step
        caller = frame.f_back
        # Stand-ins for missing libraries are in this room too. A student may call those.
        ours = file.startswith(OURS) and not file.startswith(str(HERE))
        if ours and caller is not None and caller.f_code.co_filename.startswith(self.folder):
            self.calls_us = True
        return None

    def on_step(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        """Keep the numbers that the variables hold at a line, and what a function returns."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            sys.settrace(None)
            return None
        if event == "return":
            self._keep(frame.f_code, "", argument)
        elif event == "line":
            for name, value in frame.f_locals.items():
                if isinstance(value, float):
                    self._keep(frame.f_code, name, value)
        return self.on_step

    def _keep(self, code: CodeType, name: str, value: Any) -> None:
        number = _number(value)
        if number is None:
            return
        groups = self.groups.setdefault((code, name), {})
        for first, values in groups.items():
            if abs(number - first) <= NEAR * abs(first):
                values.add(number)
                return
        if len(groups) == MOST_GROUPS:
            del groups[min(groups, key=lambda each: len(groups[each]))]
        groups[number] = {number}


def differences_in(part: Part, values: Values, folder: Path) -> list[Finding]:
    """A finding, if the backward pass of a part takes differences.

    Args:
        part: whose backward pass is called once more.
        values: of its arrays, in their shapes.
        folder: of the student's code.

    """
    follower = _Follower(folder)
    before = sys.gettrace()
    sys.settrace(follower.on_call)
    try:
        part.claims_at(values)
    except StudentError:
        return []  # it worked before; what it does the third time is not what is checked
    finally:
        sys.settrace(before)
    if follower.calls_us:
        return [Finding(DIFFERENCES, f"differences: {part.backward} calls gradcheck itself.")]
    largest = max((value.size for value in values), default=0)
    count, name = follower.most_alike()
    if count < max(FEWEST, SHARE * largest):
        return []
    return [
        Finding(
            DIFFERENCES,
            f"differences: {part.backward} seems to move parameters and to take differences of "
            f"the cost. Within one call, {name} took {count:,} values that are almost the same, "
            f"and the largest array has {largest:,} entries.",
        )
    ]


def _number(value: Any) -> complex | None:
    """A number that stands for what a function returned; other results have other numbers."""
    try:
        if isinstance(value, tuple) and value:
            value = value[0]
        if isinstance(value, int | bool) or not isinstance(value, complex | float | np.ndarray):
            return None
        number = complex(np.sum(value))
    except Exception:  # an array of the student's own kind
        return None
    return number if math.isfinite(abs(number)) and number != 0 else None
