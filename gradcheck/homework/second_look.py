"""A second look at gradients that disagree: a few examples together, and each of them alone.

The same object is opened again with other examples of the same mini-batch. If it is right for each
example alone, the mistake is in how the examples are put together. If not, the numbers of single
examples show the mistake in the first wrong layer; see ``diagnosis.wrong_layer``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray, Explanation
from gradcheck.diagnosis.layer_by_example import alike
from gradcheck.diagnosis.targets_left_out import targets_left_out
from gradcheck.diagnosis.wrong_layer import WrongLayer, wrong_layer
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.layers_by_example import (
    MeasuredLayer,
    claims_of_last,
    costs_of_layers,
    layers_by_example,
    measured_layers,
    places_of_layers,
)
from gradcheck.homework.look import Look, look_at
from gradcheck.homework.report_on import report_on
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

__all__ = ["second_look"]

# Examples that are looked at, at most and at least. Of fewer, two mistakes may give the same
# numbers; more take longer.
MOST_EXAMPLES, LEAST_EXAMPLES = 4, 2
# Seconds that the costs of a second look should take at most.
LOOK_SECONDS = 1.0
# Entries of each array that are compared, at most and at least: with fewer nothing is named.
MOST_ENTRIES, LEAST_ENTRIES = 40, 4
# Costs that the check of one entry takes, its error bar included.
COSTS_OF_AN_ENTRY = 4
# The costs of single examples add up to that of all, but for this part of it: for rounding.
SAME_COST = 1e-9


@dataclass(frozen=True, eq=False)
class _Alone:
    """One example alone.

    Attributes:
        look: at it.
        slopes: for each array, those of the entries that are compared, (n,).
        layers: what was measured of each layer; None where there are none.

    """

    look: Look
    slopes: Sequence[HostArray]
    layers: Sequence[MeasuredLayer] | None


def second_look(
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: SubmissionProcesses,
    how: Settings,
) -> Mapping[str, Explanation]:
    """The mistakes that a few examples show, by the name of the array.

    Args:
        claimed: the gradients that disagree.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code; the first is asked.
        how: as the gradients were checked.

    Returns:
        Nothing if the part has no mini-batch that could be divided, if its code does not work with
        fewer examples, or if the look would take too long.

    """
    entries = _entries_in_time(facts)
    batch = facts.batch
    if batch is None or batch.size < 2 or entries < LEAST_ENTRIES:
        return {}
    how = replace(how, sample=min(entries, how.sample or entries))
    count = min(MOST_EXAMPLES, batch.size)
    try:
        some = MiniBatch(batch.inputs[:, :count], batch.targets[:, :count])
        together = look_at(some, claimed, facts, position, processes)
        report = report_on(together.claimed, together.facts, together.engine, how, strict=False)
        alone = []
        for example in range(count):
            here = slice(example, example + 1)
            one = MiniBatch(batch.inputs[:, here], batch.targets[:, here])
            look = look_at(one, claimed, facts, position, processes)
            slopes = [look.slopes(k, array.entries) for k, array in enumerate(report.arrays)]
            alone.append(_Alone(look, slopes, measured_layers(look)))
    except StudentError:
        return {}
    targets = np.asarray(some.targets.T)
    return {
        **_put_together(together, report, alone),
        **_in_layers(report, alone, targets),
        **_targets_lost(together, report, alone, targets),
    }


def _entries_in_time(facts: PartFacts) -> int:
    """How many entries of each array can be compared in the time that a look should take."""
    costs = LOOK_SECONDS / max(facts.seconds["cost"], 1e-6)
    costs -= MOST_EXAMPLES * costs_of_layers(facts)
    of_an_entry = (COSTS_OF_AN_ENTRY + 2 * MOST_EXAMPLES) * max(len(facts.arrays), 1)
    return min(MOST_ENTRIES, int(costs / of_an_entry))


def _in_layers(
    report: Report, alone: Sequence[_Alone], targets: HostArray
) -> dict[str, Explanation]:
    """The mistake in the first wrong layer; the layers before it may have it too."""
    # An example may switch off all ReLUs of a layer; then it shows nothing of the layer.
    seen = [k for k, each in enumerate(alone) if each.layers is not None]
    if len(seen) < LEAST_EXAMPLES:
        return {}
    measured = [each.layers for each in alone if each.layers is not None]
    layers = layers_by_example([alone[k].look for k in seen], measured)
    found = wrong_layer(layers, targets[seen])
    if found is None or found.explanation is None:
        return {}
    return {array.name: found.explanation for array in report.arrays if _is_of(array, found)}


def _targets_lost(
    together: Look, report: Report, alone: Sequence[_Alone], targets: HostArray
) -> dict[str, Explanation]:
    """That the targets of some examples are missing in the last layer."""
    share = _share_of_an_example(together, alone)
    measured = [each.layers for each in alone if each.layers is not None]
    if share is None or len(measured) < len(alone):
        return {}
    last = layers_by_example([each.look for each in alone], measured)[-1]
    claimed = claims_of_last(together, measured[0][-1])
    found = targets_left_out(last, claimed, targets, share)
    if found is None:
        return {}
    return {array.name: found for array in report.arrays if array.layer is not None}


def _is_of(array: ArrayReport, found: WrongLayer) -> bool:
    """Whether an array is in the wrong layer or before it, and may have the same mistake."""
    if array.layer is None or array.layer > found.number:
        return False
    return array.parameter in found.parameters


def _put_together(
    together: Look, report: Report, alone: Sequence[_Alone]
) -> dict[str, Explanation]:
    """The mistakes in arrays that are right for each example alone, but wrong for several."""
    scale = _share_of_an_example(together, alone)
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


def _decay(each: _Alone, which: int) -> float:
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


def _is_right_alone(name: str, report: Report, alone: Sequence[_Alone]) -> bool:
    """Whether the gradient of an array is right for each example by itself, or 0 for each.

    It is 0 if the example that is left out is the only one.
    """
    which = next(k for k, array in enumerate(report.arrays) if array.name == name)
    entries = report.arrays[which].entries
    claims = [each.look.claimed.gradients[which].reshape(-1)[entries] for each in alone]
    if not any(np.any(claim) for claim in claims):
        return True
    return all(alike(claim, each.slopes[which]) for claim, each in zip(claims, alone, strict=True))


def _share_of_an_example(together: Look, alone: Sequence[_Alone]) -> float | None:
    """By what the cost of one example goes into the cost of all: 1/k, or 1; None if by neither."""
    costs = sum(each.look.engine.base_cost for each in alone)
    for share in (1.0 / len(alone), 1.0):
        if np.isclose(share * costs, together.engine.base_cost, rtol=SAME_COST, atol=0.0):
            return share
    return None
