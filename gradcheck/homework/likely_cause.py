"""The likely cause of a disagreement, as far as the numbers alone tell it."""

from collections.abc import Sequence

import numpy as np

from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import (
    ArrayReport,
)
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["first_wrong", "likely_cause_of"]

# Besides the error bars, this part of the largest entry may be off where a pattern is looked for.
SLACK = 1e-6


def wrong_arrays(report: Report) -> list[ArrayReport]:
    """The arrays with a disagreement, those next to the cost first, as backprop meets them."""
    wrong = [array for array in report.arrays if array.counts["disagree"]]
    order = {"biases": 0, "weights": 1}
    return sorted(wrong, key=lambda array: (-(array.layer or 0), order.get(array.parameter, 2)))


def first_wrong(report: Report) -> ArrayReport | None:
    """The wrong array that backprop comes to first: the mistake is there or further downstream."""
    return next(iter(wrong_arrays(report)), None)


def likely_cause_of(
    gradients: Sequence[HostArray], report: Report, batch_size: int
) -> tuple[str, str] | None:
    """What may be wrong with gradients that disagree: a name, and the evidence in a sentence.

    Args:
        gradients: those that were claimed, whole, in the order of the report's arrays.
        report: what the check found.
        batch_size: examples in the mini-batch.

    Returns:
        None if nothing disagrees.

    """
    wrong = wrong_arrays(report)
    if not wrong:
        return None
    names = ", ".join(array.name for array in wrong)
    if len(wrong) == len(report.arrays) > 1:
        names = "all arrays"
    claimed = [
        gradient
        for array, gradient in zip(report.arrays, gradients, strict=True)
        if array.counts["disagree"]
    ]
    if any(not np.all(np.isfinite(gradient)) for gradient in claimed):
        return "not-a-number", f"backprop gave NaN or infinity in {names}"
    first = wrong[0]
    if not any(np.any(gradient) for gradient in claimed):
        return "all-zero", f"the gradient of {names} is 0 everywhere"
    for factor, name, text in _factors(batch_size):
        if all(_is_multiple(array, factor) for array in wrong):
            return name, f"in {names} backprop gave {text} the measured gradient"
    ratio = _ratio(first)
    if all(_is_multiple(array, ratio) for array in wrong):
        return "constant-factor", f"in {names} backprop gave {ratio:.7g} times what was measured"
    if _is_transposed(first):
        return (
            "weights-gradient-transposed",
            f"the gradient of {first.name} is the transpose of what was measured",
        )
    other = _other_array(first, report)
    if other is not None:
        return "other-array", f"the gradient of {first.name} is the one measured for {other}"
    return _where(wrong, report)


def _factors(batch_size: int) -> list[tuple[float, str, str]]:
    factors = [
        (-1.0, "sign-flipped", "minus"),
        (2.0, "factor-two", "twice"),
        (0.5, "factor-half", "half of"),
    ]
    if batch_size > 1:
        m = batch_size
        factors += [
            (float(m), "not-divided-by-batch", f"{m} times (the examples in the mini-batch)"),
            (1.0 / m, "divided-twice", f"1/{m} (one over the examples in the mini-batch) of"),
            (-float(m), "sign-flipped", f"minus {m} times"),
            (-1.0 / m, "sign-flipped", f"minus 1/{m} of"),
        ]
    return factors


def _allowed(array: ArrayReport, factor: float = 1.0) -> HostArray:
    """How far each entry may be off: its error bars, and a little of the largest."""
    bars = np.where(np.isfinite(array.error_bar), array.error_bar, np.inf)
    largest = np.max(np.abs(array.numerical))
    allowed: HostArray = abs(factor) * (BARS_ALLOWED * bars + SLACK * largest)
    return allowed


def _is_multiple(array: ArrayReport, factor: float) -> bool:
    off = np.abs(array.backprop - factor * array.numerical)
    return bool(factor != 0.0 and np.all(off <= _allowed(array, factor)))


def _ratio(array: ArrayReport) -> float:
    largest = int(np.argmax(np.abs(array.numerical)))
    measured = float(array.numerical[largest])
    return float(array.backprop[largest]) / measured if measured else 0.0


def _is_transposed(array: ArrayReport) -> bool:
    shape = array.shape
    if len(shape) != 2 or shape[0] != shape[1] or array.checked < np.prod(shape):
        return False
    transposed = array.numerical.reshape(shape).T.reshape(-1)
    return bool(np.all(np.abs(array.backprop - transposed) <= _allowed(array)))


def _other_array(array: ArrayReport, report: Report) -> str | None:
    for other in report.arrays:
        if other is array or other.shape != array.shape or other.checked != array.checked:
            continue
        if not np.array_equal(other.entries, array.entries):
            continue
        if np.all(np.abs(array.backprop - other.numerical) <= _allowed(other)):
            return other.name
    return None


def _where(wrong: Sequence[ArrayReport], report: Report) -> tuple[str, str]:
    """Which step it must be, from what is right and what is wrong beside it."""
    first = wrong[0]
    layer = first.layer
    beside = [array for array in report.arrays if array.layer == layer and array is not first]
    last = max((array.layer or 0) for array in report.arrays)
    right_beside = [array for array in beside if array.verdicts.size and _is_right(array)]
    if right_beside:
        step = "gradient-wrt-weights" if first.parameter == "weights" else "gradient-wrt-biases"
        return (
            step,
            f"{first.name} are wrong though {right_beside[0].name} are right, so the mistake is in "
            "the step from gradient_wrt_z to this array",
        )
    if layer == last:
        return (
            "output-layer-delta",
            f"layer {layer}, the last, is wrong already: look at the cost's derivative and the "
            "derivative of the last activation",
        )
    return (
        "passing-back",
        f"layer {layer} is the first wrong one, layer {(layer or 0) + 1} is right: look at how the "
        "gradient passes from there to here (the weights, transposed, and the activation's "
        "derivative)",
    )


def _is_right(array: ArrayReport) -> bool:
    return not np.any(array.verdicts == Verdict.DISAGREE)
