"""A constant factor of a cost that was guessed: it is another convention, and no mistake."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.candidates import Candidate
from gradcheck.homework.disagreement import is_multiple, wrong_arrays
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report

__all__ = ["factor_of_convention", "without_factor", "words_of_convention"]

# A measured factor is one that has a name, such as 2, if they differ by less than this part: more
# than its error bars and a guard in the cost make.
SAME_FACTOR = 1e-4


def factor_of_convention(report: Report, facts: PartFacts) -> float | None:
    """The positive constant before a cost that the class does not define.

    Args:
        report: what the check found.
        facts: about the part.

    Returns:
        The constant that explains every array. Or a constant with a name, such as 2, that explains
        half of the arrays, if none is right without it. None if nothing disagrees, if the class
        defines its cost, or if there is no such constant.

    """
    wrong = wrong_arrays(report)
    n_output = facts.n_output
    if not facts.guessed or not wrong or n_output is None:
        return None
    named = (2.0, 0.5, 2.0 / n_output, 1.0 / n_output, float(n_output))
    ratio = _ratio(wrong[0])
    factor = next((each for each in named if abs(ratio / each - 1.0) < SAME_FACTOR), None)
    # With one example and one output, any mistake at the output is a factor of all arrays.
    if factor is None and ratio > 0.0 and facts.batch_size * n_output > 1:
        factor = ratio
    if factor is not None and all(is_multiple(array, factor) for array in report.arrays):
        return factor
    if len(wrong) < len(report.arrays):
        return None
    return next((each for each in named if _explains_some(wrong, each)), None)


def _explains_some(wrong: Sequence[ArrayReport], factor: float) -> bool:
    """Whether a factor explains half of the arrays or more, and at least two."""
    explained = sum(is_multiple(array, factor) for array in wrong)
    return explained >= max(2, len(wrong) / 2)


def _ratio(array: ArrayReport) -> float:
    """The claim over the measured slope, at the largest slope; 0 if there is no such number."""
    largest = int(np.argmax(np.abs(array.numerical)))
    measured = float(array.numerical[largest])
    ratio = float(array.backprop[largest]) / measured if measured else 0.0
    return ratio if np.isfinite(ratio) else 0.0


def without_factor(candidate: Candidate, factor: float) -> Candidate:
    """The candidate with all gradients divided by a factor."""
    gradients = tuple(each / factor for each in candidate.gradients)
    return replace(candidate, gradients=gradients, divided_by=factor * candidate.divided_by)


def words_of_convention(factor: float, cost: str, n_output: int | None) -> str:
    """A remark on gradients of a multiple of a cost.

    Args:
        factor: by which the gradients were divided.
        cost: that was guessed, a name in ``COSTS_OF_OUTPUT``.
        n_output: neurons in the last layer; None if that is not known.

    >>> words_of_convention(2.0, "quadratic", 3)
    'backprop returns gradients of twice the quadratic cost. The class does not define its cost, so this is another convention, and no mistake; the gradients were divided by 2.'

    """  # noqa: E501 (a doctest's line cannot be broken)
    names: dict[float, str] = {}
    if n_output is not None:
        names = {2.0 / n_output: f"2/{n_output} of", 1.0 / n_output: f"1/{n_output} of"}
    names |= {2.0: "twice", 0.5: "half of"}
    text = names.get(factor, f"{factor:.7g} times")
    return (
        f"backprop returns gradients of {text} the {COSTS_OF_OUTPUT[cost].title}. The class does "
        "not define its cost, so this is another convention, and no mistake; the gradients were "
        f"divided by {factor:.7g}."
    )
