"""The chain rule as a table of steps, in the order in which backprop takes them.

Backprop starts at the cost and goes back to the first layer. In each layer it takes those of the
steps in ``CHAIN_RULE`` that the layer has.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gradcheck.bugs.backprop_step import BackpropStep, Moment
from nets.arrays import Array, array_namespace
from nets.layers import LayerGradients

__all__ = ["CHAIN_RULE", "PARAMETER_STEPS", "ChainRuleStep", "by_step", "walk"]

# The steps whose results leave backprop: the gradients of the parameters, in their order.
PARAMETER_STEPS = ("gradient_wrt_weights", "gradient_wrt_biases")


def in_every_layer(layer: int, last: int) -> bool:
    return True


def in_the_last_layer(layer: int, last: int) -> bool:
    return layer == last


def before_the_last_layer(layer: int, last: int) -> bool:
    return layer < last


def after_the_first_layer(layer: int, last: int) -> bool:
    return layer > 1


@dataclass(frozen=True)
class ChainRuleStep:
    """A step of the chain rule in a layer.

    Attributes:
        name: the gradient that the step computes.
        right: from what the step can use, the results of the steps before it among it, to the
            right result. The result has the shape of what the gradient is taken with respect to.
            The operations are those of ``nets.layers``, so that the numbers are the same to the
            last bit.
        task: what the step does, to follow "This step".
        formula: how its result is computed, to follow "should be".
        field: the field of ``LayerGradients`` that holds the result.
        is_taken: whether a layer takes this step, from its number and that of the last layer.

    """

    name: str
    right: Callable[[Moment], Array]
    task: str
    formula: str
    field: str
    is_taken: Callable[[int, int], bool] = in_every_layer


def right_output(moment: Moment) -> Array:
    """dC/da of the last layer, (n_output, batch)."""
    return moment.cost.gradient_wrt_output(moment.output, moment.batch.targets)


def right_downstream(moment: Moment) -> Array:
    """dC/da of any other layer, (n_downstream, batch): what the next layer has handed on."""
    return moment.handed_on


def right_z(moment: Moment) -> Array:
    """dC/dz, (n_downstream, batch)."""
    return moment.downstream * moment.slope


def right_weights(moment: Moment) -> Array:
    """dC/dw, (n_downstream, n_upstream)."""
    return moment.gradient_wrt_z @ moment.trace.upstream_activations.T


def right_biases(moment: Moment) -> Array:
    """dC/db, (n_downstream, 1)."""
    xp = array_namespace(moment.gradient_wrt_z)
    return xp.sum(moment.gradient_wrt_z, axis=1, keepdims=True)


def right_upstream(moment: Moment) -> Array:
    """dC/da of the layer before, (n_upstream, batch)."""
    return moment.layer.weights.T @ moment.gradient_wrt_z


# In the order in which backprop takes them.
CHAIN_RULE: dict[str, ChainRuleStep] = {
    step.name: step
    for step in (
        ChainRuleStep(
            name="gradient_wrt_output",
            right=right_output,
            task="computes dC/da of the last layer, the derivative of the cost",
            formula="the derivative of the cost, divided by the number of examples",
            field="gradient_wrt_downstream_activations",
            is_taken=in_the_last_layer,
        ),
        ChainRuleStep(
            name="gradient_wrt_downstream_activations",
            right=right_downstream,
            task="takes over dC/da from the next layer",
            formula="the gradient_wrt_upstream_activations of the next layer, unchanged",
            field="gradient_wrt_downstream_activations",
            is_taken=before_the_last_layer,
        ),
        ChainRuleStep(
            name="gradient_wrt_z",
            right=right_z,
            task="turns dC/da into dC/dz",
            formula="dC/da times the derivative of the activation function at z, entry by entry",
            field="gradient_wrt_z",
        ),
        ChainRuleStep(
            name="gradient_wrt_weights",
            right=right_weights,
            task="turns dC/dz into dC/dw",
            formula="dC/dz @ upstream_activations.T",
            field="gradient_wrt_weights",
        ),
        ChainRuleStep(
            name="gradient_wrt_biases",
            right=right_biases,
            task="turns dC/dz into dC/db",
            formula="dC/dz summed over the examples",
            field="gradient_wrt_biases",
        ),
        ChainRuleStep(
            name="gradient_wrt_upstream_activations",
            right=right_upstream,
            task="turns dC/dz into dC/da of the layer before",
            formula="weights.T @ dC/dz",
            field="gradient_wrt_upstream_activations",
            is_taken=after_the_first_layer,
        ),
    )
}


def walk(layers: int) -> Iterator[BackpropStep]:
    """All steps of a backprop in their order.

    Args:
        layers: how many layers there are.

    >>> [tuple(step) for step in walk(1)][:2]
    [(1, 'gradient_wrt_output'), (1, 'gradient_wrt_z')]

    """
    for layer in range(layers, 0, -1):
        for step in CHAIN_RULE.values():
            if step.is_taken(layer, layers):
                yield BackpropStep(layer, step.name)


def by_step(gradients: Sequence[LayerGradients]) -> dict[BackpropStep, Array]:
    """The results of a backprop by step, in their order; steps without a result are left out.

    Each has the shape of what it is the gradient with respect to.

    Args:
        gradients: of every layer, upstream to downstream.

    """
    results = {
        step: getattr(gradients[step.layer - 1], CHAIN_RULE[step.name].field)
        for step in walk(len(gradients))
    }
    return {step: result for step, result in results.items() if result is not None}
