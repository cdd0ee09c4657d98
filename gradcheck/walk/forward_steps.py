"""The steps of the forward pass: the inputs, two steps in each layer, and the cost."""

from gradcheck.walk.walk_step import Passes, Term, WalkStep
from gradcheck.walk.words import COST_WORDS
from nets.arrays import HostArray
from nets.layers import LayerTrace

__all__ = ["cost_step", "forward_steps", "output_of", "start_step"]
START = "Start: the inputs"


def start_step(passes: Passes) -> WalkStep:
    """The inputs, which belong to no layer."""
    task = "Each input neuron holds one number of each example. A column is an example."
    terms = (Term("", "inputs", passes.batch.inputs),)
    return WalkStep(0, "inputs", 0, "", task, "a0 = x", "activations = inputs", terms, START)


def forward_steps(passes: Passes, layer: int) -> list[WalkStep]:
    """The two steps of a layer on the way forward; layers are counted from 1."""
    trace, dense = passes.traces[layer - 1], passes.network.layers[layer - 1]
    name = dense.activation.name
    return [
        WalkStep(
            layer,
            "z",
            0,
            "equation (25)",
            "Each neuron adds its weighted inputs and its bias.",
            f"z{layer} = w{layer} a{layer - 1} + b{layer}",
            "z = weights @ upstream_activations + biases",
            (
                Term("", "weights", dense.weights),
                Term("@", "upstream_activations", trace.upstream_activations),
                Term("+", "biases", dense.biases),
                Term("=", "z", trace.z),
            ),
        ),
        WalkStep(
            layer,
            "downstream_activations",
            0,
            "equation (25)",
            f"Each z goes through the activation function, here {name}.",
            f"a{layer} = {name}(z{layer})",
            f"downstream_activations = {name}(z)",
            (Term("", "z", trace.z), Term("=", "downstream_activations", output_of(trace))),
        ),
    ]


def output_of(trace: LayerTrace) -> HostArray:
    """The activations of a layer, (n_downstream, batch)."""
    activations: HostArray = trace.downstream_activations
    return activations


def cost_step(passes: Passes) -> WalkStep:
    """The output compared with the targets."""
    task = "The output is compared with the targets. C is the mean over the examples."
    return WalkStep(
        len(passes.traces),
        "cost",
        0,
        "",
        f"{task} Here C = {passes.cost:.10g}.",
        COST_WORDS[passes.network.cost_function.name].formula,
        "cost = cost_function(output, targets)",
        (
            Term("", "output", output_of(passes.traces[-1])),
            Term("against", "targets", passes.batch.targets),
        ),
        "The cost C",
    )
