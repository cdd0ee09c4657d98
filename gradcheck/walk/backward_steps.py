"""The five steps of backprop in a layer."""

from gradcheck.walk.forward_steps import output_of
from gradcheck.walk.walk_step import Passes, Term, WalkStep
from gradcheck.walk.words import COST_WORDS, DERIVATIVES
from nets.arrays import HostArray
from nets.layers import LayerGradients

__all__ = ["BACKWARD"]


def _output(passes: Passes, layer: int) -> WalkStep:
    words = COST_WORDS[passes.network.cost_function.name]
    return WalkStep(
        layer,
        "gradient_wrt_output",
        1,
        "the first factor of BP1",
        "How does C change with each output? The 1/m of the mean is here and nowhere else.",
        f"dC/da{layer} = {words.gradient}",
        f"gradient_wrt_downstream_activations = {words.code}",
        (
            Term("", "output", output_of(passes.traces[-1])),
            Term("and", "targets", passes.batch.targets),
            Term("give", "gradient_wrt_output", _arriving(passes, layer)),
        ),
    )


def _arriving(passes: Passes, layer: int) -> HostArray:
    gradient: HostArray = passes.gradients[layer - 1].gradient_wrt_downstream_activations
    return gradient


def _received(passes: Passes, layer: int) -> WalkStep:
    return WalkStep(
        layer,
        "gradient_wrt_downstream_activations",
        1,
        "",
        f"Nothing is computed. Step 5 of layer {layer + 1} has handed this gradient on.",
        f"dC/da{layer} from layer {layer + 1}",
        "gradient_wrt_downstream_activations = that of the next layer's step 5",
        (Term("", "gradient_wrt_downstream_activations", _arriving(passes, layer)),),
    )


def _through_activation(passes: Passes, layer: int) -> WalkStep:
    trace, function = passes.traces[layer - 1], passes.network.layers[layer - 1].activation
    is_last = layer == len(passes.traces)
    return WalkStep(
        layer,
        "gradient_wrt_z",
        2,
        "BP1" if is_last else f"BP2, together with step 5 of layer {layer + 1}",
        f"Each entry is multiplied by the derivative of {function.name}: "
        f"{DERIVATIVES[function.name]}.",
        f"dC/dz{layer} = dC/da{layer} * {function.name}'(z{layer}), entry by entry",
        "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z)",
        (
            Term("", "gradient_wrt_downstream_activations", _arriving(passes, layer)),
            Term("*", "derivative(z)", function.derivative(trace.z, trace.downstream_activations)),
            Term("=", "gradient_wrt_z", passes.gradients[layer - 1].gradient_wrt_z),
        ),
    )


def _weights(passes: Passes, layer: int) -> WalkStep:
    found, trace = passes.gradients[layer - 1], passes.traces[layer - 1]
    return WalkStep(
        layer,
        "gradient_wrt_weights",
        3,
        "BP4",
        "A weight multiplies its upstream activation. All examples use the same weight, so their "
        "parts are added.",
        f"dC/dw{layer} = dC/dz{layer} (a{layer - 1})^T",
        "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T",
        (
            Term("", "gradient_wrt_z", found.gradient_wrt_z),
            Term("@", "upstream_activations.T", trace.upstream_activations.T),
            Term("=", "gradient_wrt_weights", found.gradient_wrt_weights),
        ),
    )


def _biases(passes: Passes, layer: int) -> WalkStep:
    found = passes.gradients[layer - 1]
    return WalkStep(
        layer,
        "gradient_wrt_biases",
        4,
        "BP3",
        "A bias is a weight whose input is always 1. Only the sum over the examples is left.",
        f"dC/db{layer} = sum of dC/dz{layer} over the examples",
        "gradient_wrt_biases = gradient_wrt_z.sum(axis=1, keepdims=True)",
        (
            Term("the sum over", "gradient_wrt_z", found.gradient_wrt_z),
            Term("=", "gradient_wrt_biases", found.gradient_wrt_biases),
        ),
    )


def _upstream(passes: Passes, layer: int) -> WalkStep:
    found = passes.gradients[layer - 1]
    return WalkStep(
        layer,
        "gradient_wrt_upstream_activations",
        5,
        f"the other part of BP2; step 1 of layer {layer - 1} receives it",
        "Each upstream activation goes into every neuron of the layer. All these paths are added.",
        f"dC/da{layer - 1} = (w{layer})^T dC/dz{layer}",
        "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
        (
            Term("", "weights.T", passes.network.layers[layer - 1].weights.T),
            Term("@", "gradient_wrt_z", found.gradient_wrt_z),
            Term("=", "gradient_wrt_upstream_activations", _handed_on(found)),
        ),
    )


def _handed_on(found: LayerGradients) -> HostArray:
    assert found.gradient_wrt_upstream_activations is not None  # the first layer has no step 5
    gradient: HostArray = found.gradient_wrt_upstream_activations
    return gradient


# How each step of ``gradcheck.bugs.chain_rule.CHAIN_RULE`` is described.
BACKWARD = {
    "gradient_wrt_output": _output,
    "gradient_wrt_downstream_activations": _received,
    "gradient_wrt_z": _through_activation,
    "gradient_wrt_weights": _weights,
    "gradient_wrt_biases": _biases,
    "gradient_wrt_upstream_activations": _upstream,
}
