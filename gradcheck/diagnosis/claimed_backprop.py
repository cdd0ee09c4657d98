"""A backprop that is checked step by step, and what its steps can be compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment, expect_mini_batch
from gradcheck.bugs.chain_rule import walk
from gradcheck.bugs.walk_back import moments_of
from gradcheck.diagnosis.claimed_steps import claims_by_step
from gradcheck.diagnosis.measured_inside import measured_inside
from gradcheck.diagnosis.rounding import DOUBLE, SINGLE, Rounding
from gradcheck.verdicts.array_report import ArrayReport
from nets.arrays import Array, HostArray, place_of, to_numpy
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["ClaimedBackprop"]


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
            gradients: the claim, in the shapes that ``ClaimedBackprop`` says.
            previous: the mini-batch before.
            seed: of samples.

        Returns:
            None if a subclass computes its cost in its own way: there is no chain rule to compare
            with then.

        Raises:
            BadInput: the mini-batch before does not fit the network.

        """
        if previous is not None:
            expect_mini_batch("previous", previous, network)
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
        """What was claimed, on the host in float64, by step; steps without a claim are left out.

        Each array has the shape of what it is the gradient with respect to.
        """
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
