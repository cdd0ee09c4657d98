"""What to mend: the first wrong step of a backprop, and the mistake that explains it.

What a wrong step should have been is known from the steps before it (see ``first_wrong_step``). So
each mistake of the zoo can be tried there: the one that gives the numbers of the claim is the
likely mistake (see ``likely_mistake``).
"""

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.bugs.backprop_step import (
    COST_STEP,
    STEPS,
    BackpropStep,
    MiniBatch,
    moments_of,
    walk,
)
from gradcheck.bugs.planting import (
    ROUND_OFF,
)
from gradcheck.diagnosis.first_wrong_step import (
    INHERITED,
    INHERITED_SINGLE,
    claims_by_step,
    first_wrong_step,
    is_single,
)
from gradcheck.diagnosis.kinks_by_example import excused_at_kinks
from gradcheck.diagnosis.likely_mistake import Cause, cause_at
from gradcheck.diagnosis.parameters_alone import seen_from_outside
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import HostArray, to_numpy
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["diagnose"]

# What is smaller than this part of an array's largest entry may be left of a difference.
TINY = 1e-13
# What rounding may change of a claim that was computed in float32, relative likewise.
SINGLE = 1e-4


def diagnosed(
    report: Report,
    network: Network,
    batch: MiniBatch,
    backprop: Sequence[LayerGradients | HostArray],
    previous: MiniBatch | None,
    seed: int,
) -> Report:
    report = excused_at_kinks(report, network, batch, backprop, seed=seed)
    diagnosis = diagnose(network, batch, backprop, report, previous=previous, seed=seed)
    return replace(report, diagnosis=diagnosis)


def diagnose(
    network: Network,
    batch: MiniBatch,
    gradients: Sequence[LayerGradients | HostArray],
    report: Report,
    *,
    previous: MiniBatch | None = None,
    seed: int = 0,
) -> Diagnosis | None:
    """Find the first wrong step and the likely mistake behind a report that disagrees.

    Args:
        network: in float64.
        batch: in float64.
        gradients: the claim: of each layer all five steps, or, with less to go by, the arrays in
            the order of ``network.parameters``.
        report: what the check of the parameters' gradients found.
        previous: the mini-batch that the same backprop worked on before, if there was one:
            what it may have kept of it is looked for then.
        seed: of samples of large arrays.

    Returns:
        The diagnosis; None if nothing disagrees.

    """
    if report.verdict is not Verdict.DISAGREE:
        return None
    network = network.with_parameters([to_numpy(array) for array in network.parameters])
    batch = _on_host(batch)
    previous = None if previous is None else _on_host(previous)
    claims = claims_by_step(gradients)
    single = is_single(gradients)
    moments = moments_of(network, batch, previous)
    if not all(place in claims for place in walk(len(network.layers))):
        return _named(*seen_from_outside(moments, claims, report, SINGLE if single else ROUND_OFF))
    moments = {
        layer: replace(
            moment,
            downstream=claims[layer, COST_STEP if moment.is_last else STEPS[0]],
            gradient_wrt_z=claims[layer, "gradient_wrt_z"],
        )
        for layer, moment in moments.items()
    }
    rounding = (INHERITED_SINGLE, SINGLE) if single else (INHERITED, TINY)
    found = first_wrong_step(moments, claims, report, seed, *rounding)
    layer, step = found.place
    cause = cause_at(moments[layer], step, found.right, claims[found.place])
    return _named(found.place, found.said, cause)


def _on_host(batch: MiniBatch) -> MiniBatch:
    return MiniBatch(to_numpy(batch.inputs), to_numpy(batch.targets))


TASKS = {
    COST_STEP: "how C changes with each output",
    STEPS[0]: "what the layer downstream has handed on",
    STEPS[1]: "how C changes with each z, from how it changes with each activation",
    STEPS[2]: "how C changes with each weight, from how it changes with each z",
    STEPS[3]: "how C changes with each bias, from how it changes with each z",
    STEPS[4]: "how C changes with each upstream activation, from how it changes with each z",
}


def _named(place: BackpropStep, said: str, cause: Cause) -> Diagnosis:
    layer, step = place
    bug = cause.bug
    if step == COST_STEP:
        where = "The backward pass starts wrong: look at the cost's gradient."
    else:
        where = f"Look at layer {layer}. What reaches it from downstream is right."
    question = (
        bug.hint
        if bug is not None
        else "Take one example and one neuron, compute this step by hand, and compare."
    )
    explained = "" if bug is None else f" The claim equals {bug.looks_like}."
    return Diagnosis(
        layer=layer,
        step=step,
        likely_cause=None if bug is None else bug.name,
        says=None if bug is None else bug.says,
        evidence=f"{said}. {cause.evidence}.{explained}",
        hints=(where, f"The step {step} has to say {TASKS[step]}. {cause.evidence}.", question),
    )
