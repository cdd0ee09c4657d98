"""What may be wrong with gradients that disagree, as far as the numbers alone show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.homework.disagreement import (
    SLACK,
    Disagreement,
    allowed,
    is_multiple,
    wrong_arrays,
)
from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_words import REASONS_FOR_LITTLE
from nets.arrays import HostArray

__all__ = ["LikelyCause", "likely_cause_of"]


@dataclass(frozen=True)
class LikelyCause:
    """What is likely to be wrong.

    Attributes:
        name: of the mistake, or of the place to look at.
        evidence: sentences that say what speaks for it.
        is_mistake: whether it is a mistake; if not, no known mistake fits and it is a place.

    """

    name: str
    evidence: str
    is_mistake: bool = True

    @property
    def sentence(self) -> str:
        """The cause as a report prints it."""
        if not self.is_mistake:
            return self.evidence
        return f"Likely mistake: {self.evidence} ({self.name})"

    def to_dict(self) -> dict[str, str]:
        """Plain strings."""
        return {"name": self.name, "evidence": self.evidence}


def likely_cause_of(
    gradients: Sequence[HostArray], report: Report, batch_size: int
) -> LikelyCause | None:
    """What may be wrong with gradients that disagree.

    Args:
        gradients: those claimed, whole, each in the shape of its array, in the report's order.
        report: what the check found.
        batch_size: examples in the mini-batch.

    Returns:
        None if nothing disagrees.

    """
    if not wrong_arrays(report):
        return None
    found = Disagreement.of(gradients, report, batch_size)
    return (
        _not_a_number(found)
        or _all_zero(found)
        or _common_factor(found)
        or _transposed(found)
        or _other_array(found)
        or _little(found)
        or _place(found)
    )


def _not_a_number(found: Disagreement) -> LikelyCause | None:
    if all(np.all(np.isfinite(gradient)) for gradient in found.claimed):
        return None
    return LikelyCause("not-a-number", f"backprop returned NaN or infinity in {found.names}.")


def _all_zero(found: Disagreement) -> LikelyCause | None:
    if any(np.any(gradient) for gradient in found.claimed):
        return None
    where = "" if found.is_everywhere else f" in {found.names}"
    return LikelyCause("all-zero", f"backprop returns zero everywhere{where}.")


def _common_factor(found: Disagreement) -> LikelyCause | None:
    """A factor between claim and estimate, the same in all arrays that disagree."""
    for factor, name, text in _factors(found):
        if all(is_multiple(array, factor) for array in found.wrong):
            return LikelyCause(name, f"In {found.names} {text}.")
    return None


def _factors(found: Disagreement) -> Iterator[tuple[float, str, str]]:
    """The factors that have a name; last the one that the largest entry has."""
    yield -1.0, "sign-flipped", "backprop returned minus the measured gradient"
    yield 2.0, "factor-two", "backprop returned twice the measured gradient"
    yield 0.5, "factor-half", "backprop returned half of the measured gradient"
    m = found.batch_size
    if m > 1:
        missing = (
            f"the gradients are m = {m} times too large: the mean over the mini-batch is missing"
        )
        yield float(m), "not-divided-by-batch", missing
        twice = f"the gradients are m = {m} times too small: they were divided by m once too often"
        yield 1.0 / m, "divided-twice", twice
        yield -float(m), "sign-flipped", f"backprop returned minus {m} times the measured gradient"
        yield -1.0 / m, "sign-flipped", f"backprop returned minus 1/{m} of the measured gradient"
    largest = int(np.argmax(np.abs(found.first.numerical)))
    measured = float(found.first.numerical[largest])
    if measured:
        ratio = float(found.first.backprop[largest]) / measured
        if abs(ratio - 1.0) > SLACK:
            yield (
                ratio,
                "constant-factor",
                f"backprop returned {ratio:.7g} times the measured gradient",
            )


def _transposed(found: Disagreement) -> LikelyCause | None:
    array, shape = found.first, found.first.shape
    if len(shape) != 2 or shape[0] != shape[1] or array.checked < np.prod(shape):
        return None
    transposed = array.numerical.reshape(shape).T.reshape(-1)
    if not np.all(np.abs(array.backprop - transposed) <= allowed(array)):
        return None
    return LikelyCause(
        "weights-gradient-transposed",
        f"The gradient of {array.name} is the transpose of the measured one.",
    )


def _other_array(found: Disagreement) -> LikelyCause | None:
    array = found.first
    for other in found.report.arrays:
        if other is array or other.shape != array.shape:
            continue
        if not np.array_equal(other.entries, array.entries):
            continue
        if np.all(np.abs(array.backprop - other.numerical) <= allowed(other)):
            return LikelyCause(
                "other-array",
                f"The gradient of {array.name} is the one measured for {other.name}.",
            )
    return None


def _little(found: Disagreement) -> LikelyCause | None:
    """That all arrays agree to enough digits: a strict check alone rejects them."""
    digits = min(array.agreed_digits for array in found.wrong)
    if digits < DIGITS_OF_A_CLASS:
        return None
    return LikelyCause(
        "few-digits",
        f"Backprop and the measurement agree to {digits:.1f} digits. {REASONS_FOR_LITTLE}",
        is_mistake=False,
    )


def _place(found: Disagreement) -> LikelyCause:
    """Where to look, from the arrays that are right and wrong side by side."""
    wrong, layer = found.first, found.first.layer
    if layer is None:
        return LikelyCause(
            f"gradient-of-{wrong.name}",
            f"No known mistake fits. Check the lines that compute the gradient of {wrong.name}.",
            is_mistake=False,
        )
    right_beside = [
        array
        for array in found.report.arrays
        if array.layer == layer and array.verdicts.size and not array.counts["disagree"]
    ]
    if right_beside:
        name = f"gradient-wrt-{wrong.parameter}"
        where = (
            f"In layer {layer} the {right_beside[0].parameter} are right and the "
            f"{wrong.parameter} are wrong: check the line that computes their gradient from delta "
            "(gradient_wrt_z)."
        )
    elif layer == max((array.layer or 0) for array in found.report.arrays):
        name = "output-layer-delta"
        where = (
            "The last layer is already wrong: check (a - y) and the last activation's derivative."
        )
    else:
        name = "passing-back"
        where = (
            f"Layer {layer + 1} is right, layer {layer} is wrong: check W.T @ delta and the "
            "activation's derivative between them."
        )
    return LikelyCause(name, f"No known mistake fits. {where}", is_mistake=False)
