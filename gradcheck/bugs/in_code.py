"""Each mistake of the zoo in code: why people make it, and its line in a backward pass.

The lines use the names of ``nets.layers``: a right backward pass has the lines ``RIGHT_LINES``.
"""

from dataclasses import dataclass

__all__ = ["IN_CODE", "RIGHT_LINES", "InCode"]


@dataclass(frozen=True)
class InCode:
    """A mistake in code.

    Attributes:
        why: why people make it, in a sentence or two.
        line: the wrong line or lines.

    """

    why: str
    line: str


# The right line of each step of ``gradcheck.bugs.chain_rule.CHAIN_RULE``.
RIGHT_LINES: dict[str, str] = {
    "gradient_wrt_output": "gradient = (output - targets) / m",
    "gradient_wrt_downstream_activations": (
        "gradient_wrt_downstream_activations = next_layer.gradient_wrt_upstream_activations"
    ),
    "gradient_wrt_z": "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z)",
    "gradient_wrt_weights": "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T",
    "gradient_wrt_biases": "gradient_wrt_biases = gradient_wrt_z.sum(axis=1, keepdims=True)",
    "gradient_wrt_upstream_activations": (
        "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z"
    ),
}

IN_CODE: dict[str, InCode] = {
    # The gradient of the cost.
    "sign-flipped": InCode(
        "The error is often said as 'target minus output', and some books subtract it in the "
        "update.",
        "gradient = (targets - output) / m",
    ),
    "not-divided-by-batch": InCode(
        "The derivation is done for one example. The mean over the mini-batch is added to the "
        "cost later, but not to its gradient.",
        "gradient = output - targets",
    ),
    "divided-twice": InCode(
        "The mean is taken at the cost, and again where the gradients are summed over the "
        "examples.",
        "gradient = (output - targets) / m / m",
    ),
    "half-missing": InCode(
        "The derivative of a square brings a factor 2. The factor 1/2 of the cost, which cancels "
        "it, is forgotten.",
        "gradient = 2 * (output - targets) / m",
    ),
    "example-lost": InCode(
        "range(m - 1) ends at m - 2, so the last example is never visited.",
        "for i in range(m - 1):\n    gradient[:, i] = (output[:, i] - targets[:, i]) / m",
    ),
    "targets-shuffled": InCode(
        "The examples are shuffled before each epoch, but only the inputs or only the targets.",
        "gradient = (output - np.roll(targets, 1, axis=1)) / m",
    ),
    "softmax-off-diagonal-dropped": InCode(
        "The sigmoid's derivative a (1 - a) is used for softmax too. But with softmax each output "
        "depends on all z.",
        "gradient = -targets * (1 - softmax(output)) / m",
    ),
    "fused-derivative-once-more": InCode(
        "The backward pass was written for the quadratic cost, where this factor belongs. Then "
        "the cost was replaced.",
        "gradient = (a - targets) * a * (1 - a) / m",
    ),
    # Through the activation function.
    "relu-derivative-one": InCode(
        "ReLU is z itself where it is active, so its derivative is taken as 1 and the mask is "
        "forgotten.",
        "gradient_wrt_z = gradient_wrt_downstream_activations",
    ),
    "missing-activation-derivative": InCode(
        "The way back is written as the matrix products alone. The activation function has no "
        "line of its own, so nobody misses its derivative.",
        "gradient_wrt_z = gradient_wrt_downstream_activations",
    ),
    "cross-entropy-shortcut": InCode(
        "Many books and videos give a - y as the error of the last layer. It belongs to their "
        "cost, which is the cross-entropy.",
        "gradient_wrt_z = (output - targets) / m",
    ),
    "derivative-at-activation": InCode(
        "The activations are stored and z is not. So the function that expects z is given a.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(activations)",
    ),
    "derivative-formula-at-z": InCode(
        "The formula a (1 - a) is learnt by heart without saying what a is. Then it is used in a "
        "function whose argument is z.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * z * (1 - z)",
    ),
    "activation-for-derivative": InCode(
        "The function for the derivative is a copy of the one for the activation, and was never "
        "finished: the factor (1 - s) is missing.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * activations",
    ),
    "derivative-twice": InCode(
        "One function multiplies by the derivative before it returns, and the one that calls it "
        "multiplies again.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z) ** 2",
    ),
    "derivative-of-another-function": InCode(
        "The activation function was changed in the forward pass, but not in the backward pass.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * (1 - activations**2)",
    ),
    "stale-z": InCode(
        "The layer keeps z for its backward pass, but the forward pass that was called last "
        "stored the activations only.",
        "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z_before)",
    ),
    # The gradient of the weights.
    "weights-gradient-transposed": InCode(
        "With a square matrix both products have the right shape, so NumPy raises no error.",
        "gradient_wrt_weights = upstream_activations @ gradient_wrt_z.T",
    ),
    "upstream-and-downstream-swapped": InCode(
        "An index is off by one: the list of activations begins with the inputs, so the layer's "
        "own activations are one place further.",
        "gradient_wrt_weights = gradient_wrt_z @ downstream_activations.T",
    ),
    "z-for-activations": InCode(
        "Lists of z and of activations stand side by side, and the wrong one is taken.",
        "gradient_wrt_weights = gradient_wrt_z @ z_of_the_layer_before.T",
    ),
    "stale-activations": InCode(
        "The layer keeps its inputs for the backward pass, but stored them too early or only once.",
        "gradient_wrt_weights = gradient_wrt_z @ upstream_activations_before.T",
    ),
    "accumulated": InCode(
        "The gradient is added up with +=, and nobody sets it back to zero.",
        "gradient_wrt_weights += gradient_wrt_z @ upstream_activations.T",
    ),
    "weights-factor-two": InCode(
        "A factor 2 from the derivative of a square is left in one line, or one line is executed "
        "twice.",
        "gradient_wrt_weights = 2 * gradient_wrt_z @ upstream_activations.T",
    ),
    "weights-last-example-only": InCode(
        "In a loop over the examples the line says = where it should say +=.",
        "for i in range(m):\n"
        "    gradient_wrt_weights = np.outer(gradient_wrt_z[:, i], upstream_activations[:, i])",
    ),
    "row-zeroed": InCode(
        "A loop over the neurons starts at 1, as in mathematics, but Python counts from 0.",
        "for j in range(1, n_downstream):\n"
        "    gradient_wrt_weights[j] = gradient_wrt_z[j] @ upstream_activations.T",
    ),
    "gradient-clipped": InCode(
        "Clipping helps in training. It was written into the function that computes the gradient.",
        "gradient_wrt_weights = np.clip(gradient_wrt_weights, -limit, limit)",
    ),
    "rounded-to-half-precision": InCode(
        "The gradient is stored in float16 to save memory.",
        "gradient_wrt_weights = (gradient_wrt_z @ upstream_activations.T).astype(np.float16)",
    ),
    "weight-decay": InCode(
        "The decay was added to the gradient, but the cost that is reported does not contain it.",
        "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T + 0.01 * weights",
    ),
    # The gradient of the biases.
    "bias-not-summed": InCode(
        "The gradient of one example is right without a sum. With a mini-batch, each example "
        "overwrites the one before.",
        "gradient_wrt_biases = gradient_wrt_z[:, -1:]",
    ),
    "bias-first-example-only": InCode(
        "The array has the wrong shape, (n, m) instead of (n, 1), so the first column is cut out "
        "of it.",
        "gradient_wrt_biases = gradient_wrt_z[:, :1]",
    ),
    "bias-averaged": InCode(
        "The mean over the examples is taken here although the gradient was already divided by m.",
        "gradient_wrt_biases = gradient_wrt_z.mean(axis=1, keepdims=True)",
    ),
    "bias-factor-four-over-batch": InCode(
        "The size of the mini-batch is written as a number in one place: 4, as in the first test.",
        "gradient_wrt_biases = 4 / m * gradient_wrt_z.sum(axis=1, keepdims=True)",
    ),
    "bias-forgotten": InCode(
        "The array for it is made of zeros at the start, and no line fills it.",
        "gradient_wrt_biases = np.zeros_like(biases)",
    ),
    # Back through the weights.
    "weights-not-transposed": InCode(
        "With a square matrix both products have the right shape, so NumPy raises no error.",
        "gradient_wrt_upstream_activations = weights @ gradient_wrt_z",
    ),
    "wrong-layers-weights": InCode(
        "Counting the layers from the back invites mistakes by one. If two layers have the same "
        "shape, NumPy raises no error.",
        "gradient_wrt_upstream_activations = weights_of_another_layer.T @ gradient_wrt_z",
    ),
    "updated-weights": InCode(
        "Each layer is updated as soon as its gradient is known. But the gradient of the layer "
        "before needs the old weights.",
        "weights -= eta * gradient_wrt_weights\n"
        "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
    ),
    "gradient-stops": InCode(
        "The loop ends one layer too early, or the layer returns nothing to the layer before.",
        "gradient_wrt_upstream_activations = np.zeros_like(upstream_activations)",
    ),
}
