"""The arrays that disagree, in the order in which backprop computes them."""

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report

__all__ = ["first_wrong", "wrong_arrays"]

# Within a layer, backprop has the gradient of the biases first.
ORDER = {"biases": 0, "weights": 1}


def wrong_arrays(report: Report) -> list[ArrayReport]:
    """The arrays with a disagreement, those next to the cost first, as backprop computes them."""
    wrong = [array for array in report.arrays if array.counts["disagree"]]
    return sorted(
        wrong, key=lambda array: (-(array.layer or 0), ORDER.get(array.parameter, len(ORDER)))
    )


def first_wrong(report: Report) -> ArrayReport | None:
    """The wrong array that backprop computes first: the mistake is there or nearer to the cost."""
    return next(iter(wrong_arrays(report)), None)
