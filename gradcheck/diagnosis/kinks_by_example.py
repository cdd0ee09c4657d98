"""Several examples on kinks at once: a claim that is right, example by example, is excused.

One weight moves the z of several examples. If several of them sit on the kink of a ReLU, some to
the right and some to the left, then the two slopes of their sum may lie on one side of a value that
is a valid subgradient of it. The z of one example at a time has no such trouble. If each gradient
wrt z lies between its own two slopes, and the claim is the sum that the chain rule makes of these
gradients, then the claim is valid (F. H. Clarke, "Optimization and Nonsmooth Analysis", Wiley 1983,
section 2.3). Such a claim is no further from the measured slope than the kinks can move it: by the
difference of the two slopes of each example on its kink, times its upstream activation. This is
asked too, since the gradients wrt z may be measured too coarsely to say that one of them is wrong.
"""

from dataclasses import replace

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.claimed_steps import parameter_step
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["excused_at_kinks"]


def excused_at_kinks(report: Report, claimed: ClaimedBackprop | None) -> Report:
    """The report, with ``kink`` for each disagreement that kinks in several examples explain.

    Args:
        report: what the check of the parameters' gradients found.
        claimed: the backprop that was checked. Nothing is excused if its steps inside are not
            known, or if it is None: then there is no chain rule to compare with.

    """
    if claimed is None or report.verdict is not Verdict.DISAGREE or not claimed.has_all_steps:
        return report
    if not any(layer.activation.kinks for layer in claimed.network.layers):
        return report
    return replace(report, arrays=tuple(_excused(array, claimed) for array in report.arrays))


def _excused(array: ArrayReport, claimed: ClaimedBackprop) -> ArrayReport:
    """One array of weights or biases: its disagreements that are valid, example by example."""
    layer = array.layer or 0
    inside = claimed.measured[BackpropStep(layer, "gradient_wrt_z")]
    gradient_wrt_z = claimed.claims[BackpropStep(layer, "gradient_wrt_z")]
    if inside.checked < gradient_wrt_z.size:
        return array  # a sample says nothing about the others
    verdicts = inside.verdicts.reshape(gradient_wrt_z.shape)  # (n_downstream, batch)
    # Neurons with a kink in some example, and nothing wrong in any.
    some_kink = np.any(verdicts == Verdict.KINK, axis=1)
    none_wrong = ~np.any(verdicts == Verdict.DISAGREE, axis=1)
    valid = _is_the_sum(array, claimed) & (some_kink & none_wrong)[:, None]
    apart = np.abs(array.backprop - array.numerical)
    within = apart <= _moved_by_kinks(array, claimed) + BARS_ALLOWED * array.error_bar
    excused = valid.reshape(-1)[array.entries] & within & (array.verdicts == Verdict.DISAGREE)
    verdicts = np.where(excused, Verdict.KINK, array.verdicts).astype(array.verdicts.dtype)
    return replace(array, verdicts=verdicts, by_example=excused)


def _is_the_sum(array: ArrayReport, claimed: ClaimedBackprop) -> HostArray:
    """Where the claim is the sum over the examples that the chain rule makes, up to rounding.

    Returns:
        In the shape of the array, bool.

    """
    gradient_wrt_z = claimed.claims[BackpropStep(array.layer or 0, "gradient_wrt_z")]
    moved_by = _z_per_unit(array, claimed)
    with np.errstate(over="ignore", invalid="ignore"):  # claims may be infinite
        terms = np.abs(gradient_wrt_z) @ np.abs(moved_by).T
        apart = np.abs(claimed.claims[parameter_step(array)] - gradient_wrt_z @ moved_by.T)
        as_summed: HostArray = apart <= claimed.rounding.of_entry * terms
    return as_summed


def _moved_by_kinks(array: ArrayReport, claimed: ClaimedBackprop) -> HostArray:
    """How far a subgradient may lie from a measured slope; 0 where no example is on a kink.

    Returns:
        (n,) for each checked entry of the array.

    """
    inside = claimed.measured[BackpropStep(array.layer or 0, "gradient_wrt_z")]
    moved_by = _z_per_unit(array, claimed)
    with np.errstate(over="ignore", invalid="ignore"):  # slopes may be infinite
        between = inside.highest_slope - inside.lowest_slope + BARS_ALLOWED * inside.error_bar
    between = np.where(inside.verdicts == Verdict.KINK, between, 0.0).reshape(-1, moved_by.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        reach: HostArray = (between @ np.abs(moved_by).T).reshape(-1)[array.entries]
    return reach


def _z_per_unit(array: ArrayReport, claimed: ClaimedBackprop) -> HostArray:
    """What an entry moves z by, per unit and in each example: (n_upstream or 1, batch)."""
    upstream = claimed.moments[array.layer or 0].trace.upstream_activations
    return upstream if array.parameter == "weights" else np.ones_like(upstream[:1])
