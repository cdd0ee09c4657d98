"""The walk of backprop from the cost to the first layer: each step uses those before it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE, by_step
from nets.arrays import Array
from nets.layers import LayerGradients, copied_with
from nets.network import Network

__all__ = ["moments_of", "walked_back", "with_results"]


def walked_back(
    moments: Mapping[int, Moment], result: Callable[[Moment, str], Array]
) -> tuple[LayerGradients, ...]:
    """Walk back through the layers; each step uses the results of the steps before it.

    Args:
        moments: by layer, from 1; only what they know of the forward pass is used.
        result: does a step: from its moment and its name to its result, in the shape of what the
            gradient is with respect to.

    Returns:
        The gradients of every layer, upstream to downstream.

    """
    gradients: list[LayerGradients] = []
    handed_on: Array | None = None
    for layer in range(len(moments), 0, -1):
        moment = copied_with(
            moments[layer], handed_on=handed_on, downstream=None, gradient_wrt_z=None
        )
        moment = copied_with(moment, downstream=result(moment, moment.first_step))
        moment = copied_with(moment, gradient_wrt_z=result(moment, "gradient_wrt_z"))
        handed_on = result(moment, "gradient_wrt_upstream_activations") if layer > 1 else None
        gradients.append(
            LayerGradients(
                gradient_wrt_downstream_activations=moment.downstream,
                gradient_wrt_z=moment.gradient_wrt_z,
                gradient_wrt_weights=result(moment, "gradient_wrt_weights"),
                gradient_wrt_biases=result(moment, "gradient_wrt_biases"),
                gradient_wrt_upstream_activations=handed_on,
            )
        )
    return tuple(reversed(gradients))


def with_results(
    moments: Mapping[int, Moment], results: Mapping[BackpropStep, Array]
) -> dict[int, Moment]:
    """The same moments with the results of some backprop, right or wrong.

    Args:
        moments: by layer, from 1.
        results: by step; each has the shape of the quantity that it is taken with respect to.

    """
    return {
        layer: replace(
            moment,
            handed_on=results.get(BackpropStep(layer + 1, "gradient_wrt_upstream_activations")),
            downstream=results[BackpropStep(layer, moment.first_step)],
            gradient_wrt_z=results[BackpropStep(layer, "gradient_wrt_z")],
        )
        for layer, moment in moments.items()
    }


def moments_of(
    network: Network, batch: MiniBatch, previous: MiniBatch | None = None
) -> dict[int, Moment]:
    """What the steps of a right backprop can use, by the layer's number from 1.

    Right is the chain rule with the layers' weights and activation functions. The network's own
    ``backprop`` and its layers' own ``backward`` are not called: a subclass may do them wrong.

    Args:
        network: its forward pass is used; it must be that of ``nets``.
        batch: the mini-batch.
        previous: the mini-batch before, if there was one.

    """
    before = {} if previous is None else moments_of(network, previous)
    traces = network.forward(batch.inputs)
    moments = {
        position + 1: Moment(network, batch, position, traces, previous=before.get(position + 1))
        for position in range(len(traces))
    }
    right = walked_back(moments, lambda moment, name: CHAIN_RULE[name].right(moment))
    return with_results(moments, by_step(right))
