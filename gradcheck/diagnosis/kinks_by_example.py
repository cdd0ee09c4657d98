"""Several examples on kinks at once: a claim that is right, example by example, is excused.

Where one weight moves the z of several examples that sit on the kink of a ReLU, some of them to the
right and some to the left, the slopes of their sum may both lie on one side of a valid subgradient
of it. The z of one example at a time has no such trouble: if each gradient wrt z lies between its
own two slopes, and the claim is the sum that the chain rule makes of these, it is valid (F. H.
Clarke, "Optimization and Nonsmooth Analysis", Wiley 1983, section 2.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.bugs.backprop_step import (
    BackpropStep,
    MiniBatch,
    moments_of,
    walk,
)
from gradcheck.diagnosis.first_wrong_step import (
    INHERITED,
    INHERITED_SINGLE,
    claims_by_step,
    is_single,
    measured_steps,
)
from gradcheck.verdicts.array_report import (
    ArrayReport,
)
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray, to_numpy
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["excused_at_kinks"]


def excused_at_kinks(
    report: Report,
    network: Network,
    batch: MiniBatch,
    gradients: Sequence[LayerGradients | HostArray],
    *,
    seed: int = 0,
) -> Report:
    """The report, with ``kink`` for each disagreement that kinks in several examples explain.

    Args:
        report: what the check of the parameters' gradients found.
        network: in float64.
        batch: in float64.
        gradients: the claim, of each layer all five steps; with less to go by, nothing is excused.
        seed: of samples of large arrays.

    """
    kinked = any(layer.activation.kinks for layer in network.layers)
    if not kinked or report.verdict is not Verdict.DISAGREE:
        return report
    claims = claims_by_step(gradients)
    if not all(place in claims for place in walk(len(network.layers))):
        return report
    network = network.with_parameters([to_numpy(array) for array in network.parameters])
    batch = MiniBatch(to_numpy(batch.inputs), to_numpy(batch.targets))
    moments = moments_of(network, batch)
    measured = measured_steps(moments[1], claims, report, seed)
    rounding = INHERITED_SINGLE if is_single(gradients) else INHERITED
    arrays = []
    for array in report.arrays:
        layer = array.layer or 0
        upstream = moments[layer].trace.upstream_activations
        inside = measured[layer, "gradient_wrt_z"]
        arrays.append(_excused(array, inside, claims, upstream, rounding))
    return replace(report, arrays=tuple(arrays))


def _excused(
    array: ArrayReport,
    inside: ArrayReport,
    claims: Mapping[BackpropStep, HostArray],
    upstream: HostArray,
    rounding: float,
) -> ArrayReport:
    """One array of a layer, held against what was measured of the layer's z.

    Args:
        array: the weights or biases.
        inside: the gradient wrt z, each entry measured alone.
        claims: by layer and step.
        upstream: (n_upstream, batch), the upstream activations.
        rounding: what the claim may differ from the sum, as a part of the sum of its terms' sizes.

    """
    layer = array.layer or 0
    gradient_wrt_z = claims[layer, "gradient_wrt_z"]  # (n_downstream, batch)
    if inside.checked < gradient_wrt_z.size:
        return array  # a sample tells nothing of the others
    verdicts = inside.verdicts.reshape(gradient_wrt_z.shape)
    # Neurons with a kink in some example, and nothing wrong in any.
    some_kink = np.any(verdicts == Verdict.KINK, axis=1)
    none_wrong = ~np.any(verdicts == Verdict.DISAGREE, axis=1)
    moved_by = upstream if array.parameter == "weights" else np.ones_like(upstream[:1])
    terms = np.abs(gradient_wrt_z) @ np.abs(moved_by).T
    apart = np.abs(claims[layer, f"gradient_wrt_{array.parameter}"] - gradient_wrt_z @ moved_by.T)
    as_summed = apart <= rounding * terms
    valid = as_summed & (some_kink & none_wrong)[:, None]
    excused = valid.reshape(-1)[array.entries] & (array.verdicts == Verdict.DISAGREE)
    verdicts = np.where(excused, Verdict.KINK, array.verdicts).astype(array.verdicts.dtype)
    return replace(array, verdicts=verdicts, by_example=excused)
