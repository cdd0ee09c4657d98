"""The wrong step of a backprop of which only the gradients of the parameters are known.

The steps inside cannot be compared with anything. So every mistake of the zoo is planted in every
layer; one that gives all the claimed gradients is the likely mistake. If none does, the arrays that
are wrong still tell in which layer backprop goes wrong first.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gradcheck.bugs.backprop_step import BackpropStep, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE, PARAMETER_STEPS, walk
from gradcheck.bugs.planting import Bug, equal_to_rounding, gradients_with, may_be_made
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.claimed_steps import parameter_step, result_of
from gradcheck.diagnosis.likely_mistake import HOPELESS, best_of, left_over, likely_mistake
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray, to_numpy

__all__ = ["wrong_by_parameters"]

Results = Mapping[BackpropStep, HostArray]


class Planting(NamedTuple):
    """A mistake and the layers where it is made, counted from 1, downstream first."""

    bug: Bug
    layers: tuple[int, ...]


def wrong_by_parameters(claimed: ClaimedBackprop, report: Report) -> WrongStep:
    """Find a mistake that gives all the claimed gradients, or else the first wrong array.

    Args:
        claimed: only its claims of weights and biases are used.
        report: what the check of them found: a disagreement.

    """
    moments, rounding = claimed.moments, claimed.rounding.of_array
    claims = {step: claim for step, claim in claimed.claims.items() if step.name in PARAMETER_STEPS}
    rights = {step: _right(moments, step) for step in claims}
    arrays = {parameter_step(each): each for each in report.arrays if each.counts["disagree"]}
    disagreeing = [step for step in walk(len(moments)) if step in arrays]
    # In a claim that was computed in float32 everything disagrees a little.
    beyond_rounding = [
        step for step in disagreeing if not equal_to_rounding(claims[step], rights[step], rounding)
    ]
    wrong = beyond_rounding or disagreeing
    first = wrong[0]
    where, claim, right = _wrong_entries_text(arrays[first]), claims[first], rights[first]
    planting = _explanation(moments, claims, rights, rounding) if beyond_rounding else None
    if planting is not None:
        step = BackpropStep(planting.layers[0], planting.bug.step)
        made_in = _layers_text(planting.layers)
        how = f"{where}. One mistake, made in {made_in}, explains every number"
        return WrongStep(step, how, claim, right, planting.bug)
    if all(BackpropStep(first.layer, name) in wrong for name in PARAMETER_STEPS):
        step = BackpropStep(first.layer, "gradient_wrt_z")
        how = f"{where}, and so are its biases: both are computed from the same gradient wrt z"
        return WrongStep(step, how, claim, right, is_certain=False)
    # The other array is computed from the same gradient wrt z, so that must be right.
    mistake = likely_mistake(moments[first.layer], first.name, right, claim)
    return WrongStep(first, where, claim, right, mistake)


def _right(moments: Mapping[int, Moment], step: BackpropStep) -> HostArray:
    return to_numpy(CHAIN_RULE[step.name].right(moments[step.layer]))


def _wrong_entries_text(array: ArrayReport) -> str:
    wrong = array.counts["disagree"]
    if wrong == array.checked > 1:
        return f"All {wrong:,} checked entries of {array.name} are wrong"
    return f"{wrong:,} of {array.checked:,} checked entries of {array.name} are wrong"


def _layers_text(layers: tuple[int, ...]) -> str:
    if len(layers) == 1:
        return f"layer {layers[0]}"
    *some, last = map(str, layers)
    return f"layers {', '.join(some)} and {last}"


def _explanation(
    moments: Mapping[int, Moment], claims: Results, rights: Results, rounding: float
) -> Planting | None:
    """The mistake, and where it is made, that gives all the claimed gradients; None if none does.

    Args:
        moments: of a right backprop, by layer.
        claims: the gradients of the parameters, by step.
        rights: the right ones, in the same shapes.
        rounding: what needs no explanation, as a part of an array's largest entry.

    """
    candidates = []
    for planting in _plantings(moments):
        gradients = gradients_with(planting.bug, planting.layers, moments)
        left = 0.0
        for step, claim in claims.items():
            planted = result_of(gradients, step)
            left = max(left, left_over(planted, rights[step], claim, rounding))
            if left > HOPELESS:
                break
        candidates.append((left, planting))
    return best_of(candidates)


def _plantings(moments: Mapping[int, Moment]) -> Iterator[Planting]:
    """Each mistake in each layer alone, and in each layer together with all those upstream of it.

    A mistake within a loop over the layers is made in several: in all those where it can be made.
    """
    last = len(moments)
    for bug in BUGS.values():
        able = {layer for layer, moment in moments.items() if may_be_made(bug, moment)}
        downstream_first = [layer for layer in range(last, 0, -1) if layer in able]
        for layer in downstream_first:
            yield Planting(bug, (layer,))
        for position, _ in enumerate(downstream_first[:-1]):
            yield Planting(bug, tuple(downstream_first[position:]))
