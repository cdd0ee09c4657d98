"""A wrong backprop of which nothing is known but the gradients of the parameters."""

from collections.abc import Mapping, Sequence

from gradcheck.bugs.backprop_step import (
    OUTSIDE,
    STEPS,
    BackpropStep,
    Moment,
    walk,
)
from gradcheck.bugs.planting import (
    Bug,
    gradients_with,
    may_be_made,
    same,
)
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.first_wrong_step import (
    claims_by_step,
)
from gradcheck.diagnosis.likely_mistake import (
    EXPLAINED,
    Cause,
    best_of,
    cause_at,
    left_over,
    pattern,
)
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray, to_numpy

__all__ = ["seen_from_outside"]


def seen_from_outside(
    moments: Mapping[int, Moment],
    claims: Mapping[BackpropStep, HostArray],
    report: Report,
    rounding: float,
) -> tuple[BackpropStep, str, Cause]:
    """Find a mistake that gives all the gradients claimed, or else say which are wrong first.

    Args:
        moments: of a right backprop, by layer.
        claims: by layer and step; those of weights and biases count.
        report: what the check of them found, some disagreement among it.
        rounding: what is not to be explained, as a part of an array's largest entry.

    Returns:
        The place of the mistake, how it was found out, and the mistake.

    """
    claims = {place: claim for place, claim in claims.items() if place[1] in OUTSIDE}
    rights = {place: to_numpy(moments[place[0]].right(place[1])) for place in claims}
    disagreeing = {
        (array.layer or 0, f"gradient_wrt_{array.parameter}"): array
        for array in report.arrays
        if array.counts["disagree"]
    }
    in_order = [place for place in walk(len(moments)) if place in disagreeing]
    # Everything disagrees a little that was computed in float32.
    wrong_places = [place for place in in_order if not same(claims[place], rights[place], rounding)]
    place = (wrong_places or in_order)[0]
    layer, step = place
    found = disagreeing[place]
    said = f"{found.counts['disagree']:,} of {found.checked:,} entries of {found.name} disagree"
    if wrong_places:
        bug, planted_in = _planted_anywhere(moments, claims, rights, rounding)
        if bug is not None:
            also = f", and likewise in {_names(planted_in[1:])}" if planted_in[1:] else ""
            said += f"; one mistake in layer {planted_in[0]}{also} gives all the numbers"
            cause = Cause(bug, pattern(claims[place], rights[place]))
            return (planted_in[0], bug.step), said, cause
    if step == STEPS[3] or (layer, STEPS[3]) not in (wrong_places or in_order):
        return place, said, cause_at(moments[layer], step, rights[place], claims[place])
    # Weights and biases are both wrong: what they have in common is.
    return (layer, "gradient_wrt_z"), said, Cause(None, pattern(claims[place], rights[place]))


def _names(layers: Sequence[int]) -> str:
    return "layer" + ("s " if len(layers) > 1 else " ") + ", ".join(map(str, layers))


def _planted_anywhere(
    moments: Mapping[int, Moment],
    claims: Mapping[BackpropStep, HostArray],
    rights: Mapping[BackpropStep, HostArray],
    rounding: float,
) -> tuple[Bug | None, tuple[int, ...]]:
    """The mistake, and where, that makes all the gradients what they are claimed to be.

    It is tried in each layer alone, and in each with all those upstream of it, as a mistake within
    a loop over the layers is made.
    """
    candidates: list[tuple[float, Bug]] = []
    places: dict[str, tuple[int, ...]] = {}
    last = len(moments)
    alone = [(layer,) for layer in range(last, 0, -1)]
    looped = [tuple(range(layer, 0, -1)) for layer in range(last, 1, -1)]
    for bug in BUGS.values():
        able = {layer for layer in moments if may_be_made(bug, moments[layer])}
        for layers in (*alone, *looped):
            made_in = tuple(layer for layer in layers if layer in able)
            if layers[0] not in able or len(made_in) < min(len(layers), 2):
                continue
            planted = claims_by_step(gradients_with(bug, made_in, moments))
            left = max(
                left_over(planted[each], rights[each], claims[each], rounding) for each in claims
            )
            if left <= EXPLAINED:
                candidates.append((left, bug))
                places.setdefault(bug.name, made_in)
    best = best_of(candidates)
    return (None, ()) if best is None else (best, places[best.name])
