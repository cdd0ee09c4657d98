"""The gradients that a part claims, computed twice; and what its backward pass does besides."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.homework.contract import NamedGradients, Part, Values
from gradcheck.homework.finding import UNUSABLE, Finding, oddity
from gradcheck.homework.near import ROUNDING_ALONE
from nets.arrays import HostArray

__all__ = ["ClaimedTwice", "claimed_twice"]


@dataclass(frozen=True)
class ClaimedTwice:
    """What a part claims.

    Attributes:
        first: in each reading that fits.
        again: those of a second call, if they are others; None if they are the same.
        seconds: of the shorter call.
        findings: what the backward pass does that it should not.

    """

    first: list[NamedGradients]
    again: list[NamedGradients] | None
    seconds: float
    findings: list[Finding]

    @property
    def is_zero(self) -> bool:
        """Whether all gradients are 0."""
        return not any(np.any(gradient) for gradient in self.first[0].arrays)

    def without(self, places: Sequence[int]) -> "ClaimedTwice":
        """The same without the arrays at some positions."""

        def fewer(readings: list[NamedGradients]) -> list[NamedGradients]:
            return [
                replace(each, arrays=[a for k, a in enumerate(each.arrays) if k not in places])
                for each in readings
            ]

        again = None if self.again is None else fewer(self.again)
        return replace(self, first=fewer(self.first), again=again)


def claimed_twice(part: Part, values: Values) -> ClaimedTwice:
    """Compute the gradients of a part twice, at the same values.

    Args:
        part: whose gradients they are.
        values: of its arrays.

    Raises:
        StudentError: its backward pass raised something, or returned other shapes than before.

    """
    begun = time.perf_counter()
    first = part.claims_at(values)
    between = time.perf_counter()
    again = part.claims_at(values)
    # The first call may take longer, and either may have to wait for other programs.
    seconds = min(between - begun, time.perf_counter() - between)
    findings = _changes(part, values)
    steady = _same(first[0].arrays, again[0].arrays)
    if not steady:
        findings.append(
            oddity(
                f"{part.backward} keeps state between calls: for the same examples it returned "
                "other gradients the second time. The first gradients were checked and, if they "
                "agree, the second ones too."
            )
        )
    is_known = any(each.kind == UNUSABLE for each in part.findings)
    if not is_known and any(not np.all(np.isfinite(array)) for array in first[0].arrays):
        findings.append(oddity("The gradients contain NaN or infinity."))
    return ClaimedTwice(first, None if steady else again, seconds, findings)


def _same(first: Sequence[HostArray], again: Sequence[HostArray]) -> bool:
    return all(
        np.allclose(one, two, rtol=ROUNDING_ALONE, atol=0.0, equal_nan=True)
        for one, two in zip(first, again, strict=True)
    )


def _changes(part: Part, values: Values) -> list[Finding]:
    """Which of its own arrays the backward pass has changed, if any."""
    if part.current is None:
        return []
    changed = [
        array.name
        for array, value, found in zip(part.arrays, values, part.current(), strict=True)
        if not np.array_equal(value, found)
    ]
    if not changed:
        return []
    return [
        oddity(
            f"{part.backward} changes the network's own {', '.join(changed)}. They were restored "
            "before each call. Update the parameters in another method."
        )
    ]
