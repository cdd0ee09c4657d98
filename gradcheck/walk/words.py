"""The formulas of costs and activations, in letters that every terminal can show."""

from dataclasses import dataclass

__all__ = ["COST_WORDS", "DERIVATIVES", "CostWords"]


@dataclass(frozen=True)
class CostWords:
    """A cost in formulas.

    Attributes:
        formula: C, from the output a and the targets y; m is the number of examples.
        gradient: dC/da of one output neuron.
        code: the same as code.

    """

    formula: str
    gradient: str
    code: str


# By the name of the cost in ``nets.costs.COSTS``.
COST_WORDS = {
    "quadratic": CostWords("C = mean of |a - y|^2 / 2", "(a - y) / m", "(output - targets) / m"),
    "fused-sigmoid-cross-entropy": CostWords(
        "C = mean of -sum(y ln s + (1 - y) ln(1 - s)), s = sigmoid(z)",
        "(sigmoid(z) - y) / m",
        "(sigmoid(output) - targets) / m",
    ),
    "fused-softmax-cross-entropy": CostWords(
        "C = mean of -sum(y ln s), s = softmax(z)",
        "(softmax(z) - y) / m",
        "(softmax(output) - targets) / m",
    ),
}
# By the name of the activation in ``nets.activations.ACTIVATIONS``.
DERIVATIVES = {
    "identity": "1",
    "sigmoid": "a (1 - a)",
    "tanh": "1 - a^2",
    "relu": "1 where z > 0, else 0",
}
