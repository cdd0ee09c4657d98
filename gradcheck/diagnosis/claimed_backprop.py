"""A backprop that is checked step by step, and what its steps can be compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment
from gradcheck.bugs.chain_rule import PARAMETER_STEPS, by_step, walk
from gradcheck.bugs.planting import ROUND_OFF
from gradcheck.bugs.walk_back import moments_of
from gradcheck.engines.inside_layers import Intermediate
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.check_claims import Claim, check_claims
from nets.arrays import Array, HostArray, place_of, to_numpy
from nets.layers import LayerGradients
from nets.network import Network
from nets.rounding import round_off_of

__all__ = ["ClaimedBackprop", "Rounding", "claims_by_step", "measured_inside", "parameter_step"]

# How many entries of one array inside are measured at most; of a larger array so many are drawn.
# More take more time: each costs two passes of one example through the layers downstream.
MEASURED = 20_000


@dataclass(frozen=True)
class Rounding:
    """What rounding may change of a claim, so that it still counts as the chain rule's result.

    A claim is compared with the chain rule applied to earlier *claims*, so only the rounding of
    one step lies between the two. Larger values would overlook small mistakes; smaller ones would
    blame a step for the order in which it adds.

    Attributes:
        of_entry: as a part of the entry itself.
        of_largest: added to that, as a part of the largest entry of the array: what is left of a
            difference of larger numbers.
        of_array: as a part of the largest entry, where a whole backprop was computed in another
            way, and not one step alone.

    """

    of_entry: float
    of_largest: float
    of_array: float


# For claims in float64, whose unit round-off is 1.1e-16.
DOUBLE = Rounding(of_entry=ROUND_OFF, of_largest=1e-13, of_array=ROUND_OFF)
# For claims in float32, whose unit round-off is 6e-8.
SINGLE = Rounding(of_entry=1e-6, of_largest=1e-4, of_array=1e-4)


@dataclass(frozen=True, eq=False)
class ClaimedBackprop:
    """What a backprop returned for a mini-batch, and what it can be compared with.

    All that takes time is computed when it is asked for, and only once: a gradient that agrees
    costs nothing here.

    Attributes:
        network: a plain one, in float64; its backprop is the chain rule.
        batch: in float64.
        gradients: the claim: the steps of every layer, or the arrays in the order of
            ``network.parameters``, each in the shape of its parameter.
        previous: the mini-batch that the same backprop worked on before, if there was one.
        seed: of the samples of large arrays.

    """

    network: Network
    batch: MiniBatch
    gradients: Sequence[LayerGradients | Array]
    previous: MiniBatch | None = None
    seed: int = 0

    @classmethod
    def of(
        cls,
        network: Network,
        batch: MiniBatch,
        gradients: Sequence[LayerGradients | Array],
        *,
        previous: MiniBatch | None = None,
        seed: int = 0,
    ) -> "ClaimedBackprop | None":
        """The claim beside the plain chain rule, whatever the network's own backprop does.

        Args:
            network: in float64; a subclass of ``Network``, or of ``DenseLayer`` inside it, may do
                its backward pass in its own way.
            batch: in float64.
            gradients: the claim, as in ``ClaimedBackprop``.
            previous: the mini-batch before.
            seed: of samples.

        Returns:
            None if a subclass computes its cost in its own way: there is no chain rule to compare
            with then.

        """
        plain = network.plain()
        return None if plain is None else cls(plain, batch, gradients, previous, seed)

    @cached_property
    def moments(self) -> dict[int, Moment]:
        """What the steps of a right backprop can use, on the host, by layer."""
        on_host = [to_numpy(array) for array in self.network.parameters]
        network = self.network.with_parameters(on_host)
        previous = None if self.previous is None else _on_host(self.previous)
        return moments_of(network, _on_host(self.batch), previous)

    @cached_property
    def claims(self) -> dict[BackpropStep, HostArray]:
        """What was claimed, on the host in float64, by step; steps without a claim are left out."""
        return claims_by_step(self.gradients)

    @property
    def has_all_steps(self) -> bool:
        """Whether every step of every layer was claimed, not only the parameters' gradients."""
        return all(step in self.claims for step in walk(len(self.network.layers)))

    @cached_property
    def is_single(self) -> bool:
        """Whether some of the claim was computed with fewer digits than float64 has."""
        arrays: list[Array] = []
        for each in self.gradients:
            arrays += vars(each).values() if isinstance(each, LayerGradients) else [each]
        dtypes = {place_of(array).dtype_name for array in arrays if array is not None}
        return bool(dtypes & {"float32", "float16"})

    @property
    def rounding(self) -> Rounding:
        """What rounding may change of the claim."""
        return SINGLE if self.is_single else DOUBLE

    @cached_property
    def measured(self) -> dict[BackpropStep, ArrayReport]:
        """What differences say of every step inside, not of the parameters' gradients."""
        return measured_inside(self.moments, self.claims, self.seed)


def _on_host(batch: MiniBatch) -> MiniBatch:
    return MiniBatch(to_numpy(batch.inputs), to_numpy(batch.targets))


def claims_by_step(
    gradients: Sequence[LayerGradients | Array],
) -> dict[BackpropStep, HostArray]:
    """Gradients by step, on the host and in float64; steps without a result are left out.

    Args:
        gradients: the steps of every layer, or the arrays in the order of ``network.parameters``.

    """
    layers = [each for each in gradients if isinstance(each, LayerGradients)]
    if layers:
        results = by_step(layers)
    else:
        results = {
            BackpropStep(position // 2 + 1, PARAMETER_STEPS[position % 2]): array
            for position, array in enumerate(gradients)
        }
    return {
        step: np.asarray(to_numpy(result), dtype=np.float64) for step, result in results.items()
    }


def parameter_step(array: ArrayReport) -> BackpropStep:
    """The step that computes the gradient of a parameter array."""
    return BackpropStep(array.layer or 0, f"gradient_wrt_{array.parameter}")


def measured_inside(
    moments: Mapping[int, Moment], claims: Mapping[BackpropStep, HostArray], seed: int
) -> dict[BackpropStep, ArrayReport]:
    """Check the gradients wrt every z and every layer's activations by differences.

    Args:
        moments: of a right backprop, by layer.
        claims: by step, in the shape of what each is the gradient of; those of all steps.
        seed: of samples of large arrays.

    Returns:
        The report on each step that computes something; the first step of a layer that only takes
        over the gradient of the next one is left out.

    """
    network, batch = moments[1].network, moments[1].batch
    engine = Intermediate(network, batch.inputs, batch.targets)
    steps: list[BackpropStep] = []  # in the order of the engine's arrays
    for layer, moment in moments.items():
        of_activations = (
            BackpropStep(layer, moment.first_step)
            if moment.is_last
            else BackpropStep(layer + 1, "gradient_wrt_upstream_activations")
        )
        steps += [BackpropStep(layer, "gradient_wrt_z"), of_activations]
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
    scheme = scheme_named("complex" if analytic else "central")
    found = check_claims(inside, engine, scheme, sample=MEASURED, seed=seed)
    return dict(zip(steps, found.arrays, strict=True))
