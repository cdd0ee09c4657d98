"""Every step of a forward and of a backward pass: its formula, its code, and its numbers."""

from dataclasses import dataclass, field
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.chain_rule import walk
from gradcheck.walk.words import COST_WORDS, DERIVATIVES
from nets.arrays import HostArray
from nets.layers import LayerGradients, LayerTrace
from nets.network import Network

__all__ = ["Passes", "Term", "WalkStep", "steps_of"]


@dataclass(frozen=True, eq=False)
class Passes:
    """A network with all that one forward and one backward pass computed, on the host."""

    network: Network
    batch: MiniBatch
    traces: tuple[LayerTrace, ...] = field(repr=False)
    gradients: tuple[LayerGradients, ...] = field(repr=False)

    @classmethod
    def of(cls, network: Network, batch: MiniBatch) -> "Passes":
        """Go forward and backward once."""
        traces = network.forward(batch.inputs)
        return cls(network, batch, traces, network.backward(traces, batch.targets))

    @property
    def cost(self) -> float:
        """C of the mini-batch."""
        return float(self.network.cost(self.batch.inputs, self.batch.targets))


@dataclass(frozen=True, eq=False)
class Term:
    """A matrix of a step: what stands before it, its name, and its numbers (rows, columns)."""

    sign: str
    name: str
    values: HostArray = field(repr=False)


@dataclass(frozen=True, eq=False)
class WalkStep:
    """A step.

    Attributes:
        layer: counted from 1; 0 for the inputs.
        name: what the step computes.
        number: among the five steps of backward; 0 in the forward pass.
        book: the equation in Nielsen's book; empty if it has none of its own.
        task: what the step does, in a sentence or two.
        formula: in mathematics.
        code: in Python.
        terms: the matrices; the last one is the result.

    """

    layer: int
    name: str
    number: int
    book: str
    task: str
    formula: str
    code: str
    terms: tuple[Term, ...]

    @property
    def title(self) -> str:
        """The place of the step in the walk."""
        if self.layer == 0:
            return "Start: the inputs"
        if self.name == "cost":
            return "The cost C"
        way = f"backward, step {self.number} of 5" if self.number else "forward"
        return f"Layer {self.layer}, {way}: {self.name}"

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "layer": self.layer,
            "name": self.name,
            "step": self.number or None,
            "book": self.book or None,
            "formula": self.formula,
            "code": self.code,
            "terms": [
                {"sign": term.sign, "name": term.name, "values": term.values.tolist()}
                for term in self.terms
            ],
        }


def steps_of(passes: Passes) -> list[WalkStep]:
    """All steps in their order: the inputs, forward, the cost, backward."""
    last = len(passes.traces)
    steps = [_start(passes)]
    for layer in range(1, last + 1):
        steps += _forward(passes, layer)
    steps.append(_cost(passes))
    return steps + [BACKWARD[step.name](passes, step.layer) for step in walk(last)]


def _start(passes: Passes) -> WalkStep:
    task = "Each input neuron holds one number of each example. A column is an example."
    terms = (Term("", "inputs", passes.batch.inputs),)
    return WalkStep(0, "inputs", 0, "", task, "a0 = x", "activations = inputs", terms)


def _forward(passes: Passes, layer: int) -> list[WalkStep]:
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
            (Term("", "z", trace.z), Term("=", "downstream_activations", _down(trace))),
        ),
    ]


def _down(trace: LayerTrace) -> HostArray:
    activations: HostArray = trace.downstream_activations
    return activations


def _cost(passes: Passes) -> WalkStep:
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
            Term("", "output", _down(passes.traces[-1])),
            Term("against", "targets", passes.batch.targets),
        ),
    )


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
            Term("", "output", _down(passes.traces[-1])),
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
        f"{DERIVATIVES.get(function.name, 'f(z)')}.",
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
