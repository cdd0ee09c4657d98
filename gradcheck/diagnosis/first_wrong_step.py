"""The first wrong step of a backprop: each held against differences, and against the chain rule.

The walk goes from the cost to the first layer, as backprop does. Each intermediate gradient is
held against differences with respect to that very quantity; the first that disagrees, and is not
just what the chain rule makes of earlier ones, is the first wrong step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import (
    COST_STEP,
    OUTSIDE,
    STEPS,
    BackpropStep,
    Moment,
    walk,
)
from gradcheck.bugs.planting import (
    ROUND_OFF,
)
from gradcheck.engines.inside_layers import Intermediate
from gradcheck.slopes.measurement import Measurement
from gradcheck.verdicts.array_report import (
    ArrayReport,
)
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Array, HostArray, place_of, to_numpy
from nets.layers import LayerGradients
from nets.rounding import round_off_of

__all__ = [
    "INHERITED",
    "INHERITED_SINGLE",
    "FirstWrong",
    "claims_by_step",
    "first_wrong_step",
    "is_single",
    "measured_steps",
]

# Entries of one intermediate array that are measured; of a larger one as many are drawn.
MEASURED = 20_000
# A claim is what the chain rule makes of earlier claims if it is the same to these digits; of
# claims that were computed in float32 fewer are there.
INHERITED = ROUND_OFF
INHERITED_SINGLE = 1e-6


def _double(array: Array) -> HostArray:
    return np.asarray(to_numpy(array), dtype=np.float64)


def claims_by_step(
    gradients: Sequence[LayerGradients | HostArray],
) -> dict[BackpropStep, HostArray]:
    """The claims, on the host, by layer and step; only what was claimed."""
    if not isinstance(gradients[0], LayerGradients):
        return {
            (position // 2 + 1, OUTSIDE[position % 2]): _double(array)
            for position, array in enumerate(gradients)
        }
    claims = {
        (layer, step): _double(getattr(of_layer, step))
        for layer, of_layer in enumerate(gradients, start=1)
        for step in STEPS
        if getattr(of_layer, step) is not None
    }
    if (last := (len(gradients), STEPS[0])) in claims:
        claims[len(gradients), COST_STEP] = claims.pop(last)
    return claims


def is_single(gradients: Sequence[LayerGradients | HostArray]) -> bool:
    """Whether some of the claims were computed with less than float64's digits."""
    arrays = [
        array
        for item in gradients
        for array in (
            [getattr(item, step) for step in STEPS] if isinstance(item, LayerGradients) else [item]
        )
        if array is not None
    ]
    return any(place_of(array).dtype_name in ("float32", "float16") for array in arrays)


@dataclass(frozen=True)
class FirstWrong:
    """The first wrong step.

    Attributes:
        place: its layer and its name.
        said: how it was found out.
        right: what it should have given.

    """

    place: BackpropStep
    said: str
    right: HostArray


def first_wrong_step(
    moments: Mapping[int, Moment],
    claims: Mapping[BackpropStep, HostArray],
    report: Report,
    seed: int,
    inherited: float,
    tiny: float,
) -> FirstWrong:
    """Find the first wrong step.

    Args:
        moments: of a right backprop, by layer, but with the claims of the steps before.
        claims: by layer and step.
        report: what the check of the parameters' gradients found.
        seed: of samples of large arrays.
        inherited: what rounding may change of an entry, as a part of it.
        tiny: what it may leave, as a part of an array's largest entry.

    """
    measured = measured_steps(moments[1], claims, report, seed)
    agreed, suspects, unresolved = 0, [], []
    for place in walk(len(moments)):
        expected = expected_at(moments, claims, place)
        broken = np.reshape(_broken(claims[place], expected, inherited, tiny), (-1,))
        if place not in measured:  # handed on from the layer behind: no arithmetic to measure
            if np.any(broken):
                said = "It is not what the layer downstream of it handed on"
                return FirstWrong(place, said, expected)
            continue
        found = measured[place]
        wrong = found.verdicts == Verdict.DISAGREE
        if np.any(broken[found.entries] & wrong):
            before = (
                f"All {agreed:,} entries measured in the steps before it agree"
                if agreed
                else "It is the first step of all"
            )
            count = int(np.count_nonzero(wrong))
            said = f"{before}; here {count:,} of {found.checked:,} disagree"
            return FirstWrong(place, said, expected)
        agreed += found.counts["agree"]
        if np.any(broken):
            unresolved.append(place)
        if np.any(wrong):
            suspects.append(place)
    if unresolved:
        said = (
            "It is not what the chain rule makes of the steps before it, though no entry measured "
            "there disagrees"
        )
        return FirstWrong(unresolved[0], said, expected_at(moments, claims, unresolved[0]))
    # All is as the network's own layers have it, and yet it is not the slope: they are wrong
    # themselves, a derivative of an activation for instance. Only the measurement knows better.
    place = suspects[0]
    found = measured[place]
    said = (
        f"{found.counts['disagree']:,} of {found.checked:,} entries disagree, though each step is "
        "what the network's own layers make of the steps before it"
    )
    estimate = claims[place].reshape(-1).copy()
    estimate[found.entries] = found.numerical
    return FirstWrong(place, said, estimate.reshape(claims[place].shape))


def measured_steps(
    first: Moment, claims: Mapping[BackpropStep, HostArray], report: Report, seed: int
) -> dict[BackpropStep, ArrayReport]:
    """What differences say of every step that computes something."""
    network, batch = first.network, first.batch
    analytic = all(layer.activation.analytic for layer in network.layers)
    engine = Intermediate(network, batch.inputs, batch.targets)
    last = len(network.layers)
    places: list[BackpropStep] = []
    for layer in range(1, last + 1):
        into = (last, COST_STEP) if layer == last else (layer + 1, STEPS[-1])
        places += [(layer, "gradient_wrt_z"), into]
    round_off = round_off_of(network, batch.inputs, batch.targets)
    bounds = claims_by_step(round_off.gradients)
    inside = [
        Claim(place[1], place[0], place[1], values, claims[place], bounds[place], round_off.cost)
        for place, values in zip(places, engine.arrays, strict=True)
    ]
    how = Measurement.of("complex" if analytic else "central", sample=MEASURED, seed=seed)
    found = check_claims(inside, engine, how)
    measured = dict(zip(places, found.arrays, strict=True))
    for array in report.arrays:
        measured[array.layer or 0, f"gradient_wrt_{array.parameter}"] = array
    return measured


def expected_at(
    moments: Mapping[int, Moment], claims: Mapping[BackpropStep, HostArray], place: BackpropStep
) -> HostArray:
    """What the chain rule makes of the claims of the steps before."""
    layer, step = place
    if step == STEPS[0]:
        return claims[layer + 1, STEPS[-1]]
    expected: HostArray = moments[layer].right(step)
    return expected


def _broken(claim: HostArray, expected: HostArray, inherited: float, tiny: float) -> HostArray:
    """Where a claim is not what was expected, beyond a tiny part of the largest entry."""
    with np.errstate(invalid="ignore"):
        largest = np.max(np.abs(expected), initial=0.0)
        fine = np.abs(claim - expected) <= inherited * np.abs(expected) + tiny * largest
    broken: HostArray = ~fine
    return broken
