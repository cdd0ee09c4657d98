"""Where to look if no known mistake fits: which arrays are right and which are wrong tells it."""

from gradcheck.homework.disagreement import wrong_arrays
from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_notes import REASONS_FOR_LITTLE

__all__ = ["few_digits", "where_to_look"]


def few_digits(report: Report) -> LikelyCause | None:
    """That all arrays agree to enough digits: a strict check alone rejects them.

    Args:
        report: of a check in which something disagrees.

    """
    digits = min(array.agreed_digits for array in wrong_arrays(report))
    if digits < DIGITS_OF_A_CLASS:
        return None
    return LikelyCause(
        "few-digits",
        f"Backprop and the measurement agree to {digits:.1f} digits. {REASONS_FOR_LITTLE}",
        is_mistake=False,
    )


def where_to_look(report: Report) -> LikelyCause:
    """The lines to read, of the first wrong array that backprop computes.

    Args:
        report: of a check in which something disagrees.

    """
    wrong = wrong_arrays(report)[0]
    layer = wrong.layer
    if layer is None:
        return LikelyCause(
            f"gradient-of-{wrong.name}",
            f"No known mistake fits. Check the lines that compute the gradient of {wrong.name}.",
            is_mistake=False,
        )
    right_beside = [
        array
        for array in report.arrays
        if array.layer == layer and array.verdicts.size and not array.counts["disagree"]
    ]
    if right_beside:
        name = f"gradient-wrt-{wrong.parameter}"
        where = (
            f"In layer {layer} the {right_beside[0].parameter} are right and the "
            f"{wrong.parameter} are wrong: check the line that computes their gradient from delta "
            "(gradient_wrt_z)."
        )
    elif layer == max((array.layer or 0) for array in report.arrays):
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
