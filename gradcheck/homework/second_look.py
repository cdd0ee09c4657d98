"""A second look at gradients that disagree: a few examples together, and each of them alone.

The same object is opened again with other examples of the same mini-batch. If it is right for each
example alone, the mistake is in how the examples are put together. If not, the numbers of single
examples show the mistake in the first wrong layer; see ``diagnosis.wrong_layer``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.targets_left_out import targets_left_out
from gradcheck.diagnosis.wrong_layer import WrongLayer, wrong_layer
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.examples_alone import ExampleAlone, share_of_an_example
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.layers_by_example import claims_of_last, layers_by_example
from gradcheck.homework.look import Look, look_at
from gradcheck.homework.measured_layers import costs_of_layers, measured_layers
from gradcheck.homework.put_together import mistakes_in_the_sum
from gradcheck.homework.report_on import report_on
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

__all__ = ["second_look"]

# Examples that are looked at, at most and at least. With fewer, two mistakes may give the same
# numbers. More take longer. Chosen.
MOST_EXAMPLES, LEAST_EXAMPLES = 4, 2
# Seconds that the costs of a second look should take at most.
LOOK_SECONDS = 1.0
# Entries of each array that are compared, at most and at least: with fewer nothing is named.
MOST_ENTRIES, LEAST_ENTRIES = 40, 4
# Costs that the check of one entry takes, its error bar included.
COSTS_OF_AN_ENTRY = 4


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
            alone.append(ExampleAlone(look, slopes, measured_layers(look)))
    except StudentError:
        return {}
    targets = np.asarray(some.targets.T)
    return {
        **mistakes_in_the_sum(together, report, alone),
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
    report: Report, alone: Sequence[ExampleAlone], targets: HostArray
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
    together: Look, report: Report, alone: Sequence[ExampleAlone], targets: HostArray
) -> dict[str, Explanation]:
    """That the targets of some examples are missing in the last layer."""
    share = share_of_an_example(together, alone)
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
