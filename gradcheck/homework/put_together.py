"""Mistakes in how the gradients of several examples are combined."""

from collections.abc import Sequence

import numpy as np

from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray, Explanation
from gradcheck.diagnosis.layer_by_example import alike
from gradcheck.homework.examples_alone import ExampleAlone, share_of_an_example
from gradcheck.homework.layer_places import places_of_layers
from gradcheck.homework.look import Look
from gradcheck.verdicts.report import Report

__all__ = ["mistakes_in_the_sum"]


def mistakes_in_the_sum(
    together: Look, report: Report, alone: Sequence[ExampleAlone]
) -> dict[str, Explanation]:
    """The mistakes in arrays that are right for each example alone, but wrong for several."""
    scale = share_of_an_example(together, alone)
    if scale is None:
        return {}
    known = []
    for which, array in enumerate(report.arrays):
        value = together.facts.values[which]
        parts = np.zeros((len(alone), value.size))
        for example, each in enumerate(alone):
            parts[example, array.entries] = scale * (
                each.slopes[which] - _decay(each, which) * value.reshape(-1)[array.entries]
            )
        gradient = together.claimed.gradients[which]
        known.append(
            ClaimedArray(gradient, value, by_example=parts.reshape(len(alone), *value.shape))
        )
    diagnosis = array_diagnosis(report, known, batch_size=len(alone))
    if diagnosis is None:
        return {}
    return {
        each.array: Explanation(each.likely_cause, each.says or "", "")
        for each in (diagnosis, *diagnosis.others)
        if each.likely_cause is not None and _is_right_alone(each.array, report, alone)
    }


def _decay(each: ExampleAlone, which: int) -> float:
    """The decay that the cost contains of the weights at a position."""
    if each.layers is None:
        return 0.0
    places = places_of_layers(each.look.facts.arrays) or []
    decays = (
        layer.decay
        for layer, (weights, _) in zip(each.layers, places, strict=True)
        if weights == which
    )
    return next(decays, 0.0)


def _is_right_alone(name: str, report: Report, alone: Sequence[ExampleAlone]) -> bool:
    """Whether the gradient of an array is right for each example by itself, or 0 for each.

    It is 0 if a backward pass leaves out one example, and that is the only one.
    """
    which = next(k for k, array in enumerate(report.arrays) if array.name == name)
    entries = report.arrays[which].entries
    claims = [each.look.claimed.gradients[which].reshape(-1)[entries] for each in alone]
    if not any(np.any(claim) for claim in claims):
        return True
    return all(alike(claim, each.slopes[which]) for claim, each in zip(claims, alone, strict=True))
