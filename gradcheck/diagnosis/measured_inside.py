"""The steps inside a backprop, checked by differences: gradients wrt every z and activation."""

from collections.abc import Mapping

from gradcheck.bugs.backprop_step import BackpropStep, Moment
from gradcheck.diagnosis.claimed_steps import claims_by_step
from gradcheck.engines.inside_layers import Intermediate
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from nets.arrays import HostArray
from nets.rounding import round_off_of

__all__ = ["measured_inside"]

# How many entries of one array inside are measured at most; of a larger array so many are drawn.
# More take more time: each needs a few passes of one example through the layers downstream.
MEASURED = 20_000


def steps_inside(layers: int) -> list[BackpropStep]:
    """The steps that compute the gradients wrt z and activations of layer 1, of layer 2, ...

    Args:
        layers: how many layers there are.

    """
    steps = []
    for layer in range(1, layers):
        of_activations = BackpropStep(layer + 1, "gradient_wrt_upstream_activations")
        steps += [BackpropStep(layer, "gradient_wrt_z"), of_activations]
    output = BackpropStep(layers, "gradient_wrt_output")
    return [*steps, BackpropStep(layers, "gradient_wrt_z"), output]


def measured_inside(
    moments: Mapping[int, Moment], claims: Mapping[BackpropStep, HostArray], seed: int
) -> dict[BackpropStep, ArrayReport]:
    """Check the gradients wrt every z and every layer's activations by differences.

    Args:
        moments: of a right backprop, by layer.
        claims: of all steps, each in the shape of what it is the gradient of.
        seed: of samples of large arrays.

    Returns:
        The report on each step that computes something; the first step of a layer that only takes
        over the gradient of the next one is left out.

    """
    network, batch = moments[1].network, moments[1].batch
    engine = Intermediate(network, batch.inputs, batch.targets)
    steps = steps_inside(len(moments))  # in the order of the engine's arrays
    round_off = round_off_of(network, batch.inputs, batch.targets)
    bounds = claims_by_step(round_off.gradients)
    inside = [
        Claim(
            name=step.name,
            layer=step.layer,
            parameter=step.name,
            values=values,
            gradient=claims[step],
            round_off=bounds[step],
            cost_round_off=round_off.cost,
        )
        for step, values in zip(steps, engine.arrays, strict=True)
    ]
    analytic = all(layer.activation.analytic for layer in network.layers)
    how = Settings.of("complex" if analytic else "central", sample=MEASURED, seed=seed)
    found = check_claims(inside, engine, how)
    return dict(zip(steps, found.arrays, strict=True))
