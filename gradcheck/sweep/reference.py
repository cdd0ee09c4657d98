"""The gradient that errors are measured against: precise, and without backprop."""

from dataclasses import dataclass

import numpy as np

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.first_measurement import measure_slopes
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.sweep.plan import reference_scheme
from gradcheck.sweep.problem import Problem, Tally
from gradcheck.verdicts.norm_ratio import norm_ratio
from nets.arrays import HostArray, to_numpy
from nets.errors import BadInput

__all__ = ["Reference", "measured_reference"]

# The reference is measured with two steps, these many times its scheme's own; their difference
# shows how exact it is. They are no powers of two: the complex step rounds in the same way for all
# powers of two, so two of those would agree better than the reference deserves.
REFERENCE_STEPS = (1.5, 0.7)
# Draws the entries at which the noise of the cost is measured.
PROBE_SEED = 0


@dataclass(frozen=True)
class Reference:
    """A gradient measured by full forward passes in float64.

    Attributes:
        entries: for each parameter array, the positions (n,) in the flattened array, without those
            at a kink.
        gradient: the slopes at all these entries, array after array: (total n,).
        error: the norm ratio between the gradient and a second measurement of it.

    """

    entries: list[HostArray]
    gradient: HostArray
    error: float


def measured_reference(exact: Problem, entries: list[HostArray], tally: Tally) -> Reference:
    """Measure the gradient twice at some entries of each array.

    Args:
        exact: the network and its mini-batch, in float64.
        entries: for each parameter array, positions (n,) in the flattened array.
        tally: counts the costs that are evaluated.

    Raises:
        BadInput: every entry lies at a kink.

    """
    engine, scheme = exact.engine("one-by-one", tally), reference_scheme(exact.network)
    generator = np.random.default_rng(PROBE_SEED)
    smooth, gradients = [], []
    for which, (array, chosen) in enumerate(zip(exact.network.parameters, entries, strict=True)):
        twice, at_kink = _measured_twice(
            Entries.of(engine, ParameterArray(which, array), chosen, scheme), generator
        )
        smooth.append(chosen[~at_kink])
        gradients.append(twice[:, ~at_kink])
    tally.add(engine)
    gradient, again = np.concatenate(gradients, axis=1)
    if not len(gradient):
        raise BadInput(
            "all the sampled entries lie at a kink, where the cost has no derivative; use other "
            "inputs, weights or biases"
        )
    return Reference(smooth, gradient, norm_ratio(gradient, again))


def _measured_twice(
    entries: Entries, generator: np.random.Generator
) -> tuple[HostArray, HostArray]:
    """The slopes (2, n) with both steps, and at which entries (n,) one of them found a kink."""
    both = [
        measure_slopes(entries, factor * entries.scheme.epsilon, generator)
        for factor in REFERENCE_STEPS
    ]
    slopes = [to_numpy(measured.estimate) for measured in both]
    at_kink = np.any([to_numpy(measured.kinked) for measured in both], axis=0)
    return np.stack(slopes), at_kink
