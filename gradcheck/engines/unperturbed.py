"""One forward pass with nothing moved: all that moving an entry starts from."""

from dataclasses import dataclass

from array_api_compat import device

from gradcheck.engines.downstream import Downstream, OutputNeurons, WayToTheCost
from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.tanh_form import FoldedNetwork, folded
from nets.arrays import Array, array_namespace
from nets.layers import LayerTrace
from nets.network import Network

__all__ = ["Unperturbed"]


@dataclass(frozen=True)
class Unperturbed:
    """The forward pass of a network, and that of the same network in its cheaper form.

    Attributes:
        traces: of the network's layers.
        folded: the network in its cheaper form.
        folded_traces: of the layers of the folded network.
        folded_costs: (batch,), of each example, in the unit of the folded network.

    """

    traces: tuple[LayerTrace, ...]
    folded: FoldedNetwork
    folded_traces: tuple[LayerTrace, ...]
    folded_costs: Array

    @classmethod
    def of(cls, network: Network, inputs: Array, targets: Array) -> "Unperturbed":
        """Run both forward passes.

        Args:
            network: in float64.
            inputs: (n_input, batch), float64.
            targets: (n_output, batch), float64.

        """
        inside = folded(network, targets)
        traces = inside.network.forward(inputs)
        output = inside.output.finish(traces[-1].downstream_activations)
        costs = inside.network.cost_function.per_example(output, inside.targets)
        return cls(network.forward(inputs), inside, traces, costs)

    @property
    def output(self) -> Array:
        """The output of the network, (n_output, batch)."""
        return self.traces[-1].downstream_activations

    def moved_array(self, which: int) -> MovedArray:
        """What is needed to move the entries of a parameter array.

        Args:
            which: the position of the array in ``network.parameters``.

        """
        position, is_biases = divmod(which, 2)
        trace = self.folded_traces[position]
        # From the network itself, not computed back from the folded one: an activation near 0
        # would have lost digits in tanh / 2 + 1 / 2.
        upstream = self.traces[position].upstream_activations
        if is_biases:
            upstream = array_namespace(upstream).ones_like(upstream[:1, :])
        return MovedArray(
            self.folded.network.layers[position].activation,
            z_per_unit=by_example(upstream * self.folded.forms[position].inner),
            z=by_example(trace.z),
            activations=by_example(trace.downstream_activations),
            way=self._way_to_the_cost(position),
            unit=self.folded.unit,
        )

    def _way_to_the_cost(self, position: int) -> WayToTheCost:
        """The way from the activations of a layer, counted from 0, to the cost."""
        layers, targets = self.folded.network.layers[position + 1 :], self.folded.targets
        if layers:
            weights, z = layers[0].weights, self.folded_traces[position + 1].z
        elif self.folded.network.cost_function.separable:
            return OutputNeurons(self.folded, by_example(targets))
        else:
            z = self.folded_traces[position].downstream_activations
            weights = array_namespace(z).eye(z.shape[0], dtype=z.dtype, device=device(z))
        return Downstream(
            self.folded,
            layers,
            weights,
            z[:, :, None, None],
            targets[:, :, None, None],
            self.folded_costs[:, None, None],
        )


def by_example(array: Array) -> Array:
    """An array (n, batch) as (batch, 1, n), its rows contiguous: a copy."""
    n, batch_size = array.shape
    xp = array_namespace(array)
    return xp.reshape(xp.reshape(array.T, (-1,)), (batch_size, 1, n))
