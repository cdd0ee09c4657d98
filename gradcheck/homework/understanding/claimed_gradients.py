"""The gradients that a student's backprop claims for a mini-batch, and what else it changes."""

from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.understanding.backprop import Backprop
from gradcheck.homework.understanding.parameters import Parameters
from gradcheck.homework.understanding.student_network import StudentNetwork
from nets.arrays import HostArray

__all__ = ["ClaimedGradients", "claimed_gradients"]

# The same computation, done twice, gives the same entries but for less than this part of each.
SAME_TWICE = 1e-9


@dataclass(frozen=True)
class ClaimedGradients:
    """What backprop claims for a mini-batch.

    Attributes:
        first: for each reading, an array in the shape of each parameter array.
        again: those of a second time, if they are others; None if they are the same.
        findings: what backprop does that it should not.

    """

    first: list[list[HostArray]]
    again: list[list[HostArray]] | None
    findings: list[Finding]


def claimed_gradients(
    student: StudentNetwork, backprop: Backprop, batch: MiniBatch
) -> ClaimedGradients:
    """Compute the gradients of a mini-batch twice, from the same parameters.

    Args:
        student: whose backprop is called; its parameters are left as they are.
        backprop: how it is called.
        batch: inputs (n_input, batch) and targets (n_output, batch).

    Raises:
        StudentError: backprop raised something, or returned other shapes than before.

    """
    restorer = _Restorer(student.parameters)
    first = backprop.gradients(student, batch, before=restorer.restore)
    again = backprop.gradients(student, batch, before=restorer.restore)
    restorer.restore()
    steady = all(
        np.allclose(one, two, rtol=SAME_TWICE, atol=0.0, equal_nan=True)
        for one, two in zip(first[0], again[0], strict=True)
    )
    findings = restorer.findings()
    if not steady:
        findings.append(
            oddity(
                "backprop keeps state between calls: for the same examples it returned other "
                "gradients the second time. The first gradients were checked and, if they agree, "
                "the second ones too."
            )
        )
    if any(not np.all(np.isfinite(array)) for array in first[0]):
        findings.append(oddity("The gradients contain NaN or infinity."))
    return ClaimedGradients(first, None if steady else again, findings)


class _Restorer:
    """Puts the parameters back before each call, and notes which of them a call has changed."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters, self._values = parameters, parameters.values()
        self._changed: set[str] = set()

    def restore(self) -> None:
        """Note what has changed, and put it back."""
        slots, now = self._parameters.slots, self._parameters.current()
        for slot, value, found in zip(slots, self._values, now, strict=True):
            if not np.array_equal(value, found):
                self._changed.add(slot.name)
        self._parameters.place(self._values)

    def findings(self) -> list[Finding]:
        """Which parameters backprop has changed, if any."""
        if not self._changed:
            return []
        names = [slot.name for slot in self._parameters.slots if slot.name in self._changed]
        return [
            oddity(
                f"backprop changes the network's own {', '.join(names)}. They were restored before "
                "each call. Update the parameters in another method."
            )
        ]
