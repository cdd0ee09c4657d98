"""Cost functions: the value for each example, and the gradient with respect to the output.

The cost C of a mini-batch is the mean of the cost per example, as in the book (chapter 2).
A "fused" cost contains the activation function of the last layer: it takes z, not sigmoid(z) or
softmax(z), and the last layer of the network is the identity. So the cross-entropies never take
log(0), and the last layer's ``backward`` is the same as that of every other layer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from array_api_compat import device

from nets.activations import sigmoid
from nets.arrays import Array, array_namespace, real_part

__all__ = ["COSTS", "Cost"]


@dataclass(frozen=True)
class Cost:
    """A cost function of the network's output.

    Attributes:
        name: the name that users type.
        per_example: from output and targets, both (n_output, batch), to costs (batch,). Several
            axes may stand in the place of batch.
        gradient_terms: from output and targets to two arrays, each (n_output, batch). The first
            minus the second is the derivative of the cost per example wrt output. Each term has
            all its digits; if the two nearly cancel, digits are lost in this subtraction alone.
        separable: whether the cost is a sum over the output neurons in which each term depends
            on one neuron only.
        fused_activation: the activation of the last layer that this cost contains, or None.
        distance_power: for a cost that depends on the distance of output and targets only: the
            power of the distance with which it grows. None for other costs.

    """

    name: str
    per_example: Callable[[Array, Array], Array]
    gradient_terms: Callable[[Array, Array], tuple[Array, Array]]
    separable: bool
    fused_activation: str | None = None
    distance_power: int | None = None

    def gradient_wrt_output(self, output: Array, targets: Array) -> Array:
        """The gradient of C for output and targets (n_output, batch), again (n_output, batch).

        C is the mean over the mini-batch, so the gradient contains the 1/m of the mean.
        """
        positive, negative = self.gradient_terms(output, targets)
        return (positive - negative) / output.shape[1]


def quadratic(output: Array, targets: Array) -> Array:
    """Half the squared distance, |a - y|^2 / 2 (book, equation 27), from (n_output, batch)."""
    xp = array_namespace(output)
    distance = output - targets
    distance *= distance
    return 0.5 * xp.sum(distance, axis=0)


def quadratic_terms(output: Array, targets: Array) -> tuple[Array, Array]:
    """Output and targets, each (n_output, batch): their difference is the derivative."""
    return output, targets


def sigmoid_cross_entropy(z: Array, targets: Array) -> Array:
    """-sum(y ln a + (1 - y) ln(1 - a)) with a = sigmoid(z) (book, equation 63).

    From z and targets, both (n_output, batch), to costs (batch,).
    """
    xp = array_namespace(z)
    # This is ln(1 + exp(z)) - y z; for z > 0 it is written as ln(1 + exp(-z)) + (1 - y) z, so that
    # exp never overflows. With where instead of abs it stays analytic. With (1 - y) z instead of
    # z - y z it keeps its digits where y is close to 1.
    positive = real_part(z) > 0.0
    linear = z * xp.where(positive, 1.0 - targets, -targets)
    return xp.sum(linear + xp.log1p(xp.exp(xp.where(positive, -z, z))), axis=0)


def sigmoid_cross_entropy_terms(z: Array, targets: Array) -> tuple[Array, Array]:
    """Two terms, each (n_output, batch), whose difference is sigmoid(z) - y."""
    # sigmoid(z) - y = (1 - y) sigmoid(z) - y sigmoid(-z). For y = 0 or 1 nothing cancels here; the
    # plain difference loses all its digits once sigmoid(z) is close to y.
    return (1.0 - targets) * sigmoid(z), targets * sigmoid(-z)


def largest_of(array: Array) -> Array:
    """True at the largest entry of each column, at the first of several; the array's shape."""
    xp = array_namespace(array)
    rows = xp.arange(array.shape[0], device=device(array))
    rows = xp.reshape(rows, (-1, *(1,) * (array.ndim - 1)))
    return rows == xp.argmax(array, axis=0, keepdims=True)


def softmax_cross_entropy(z: Array, targets: Array) -> Array:
    """-sum(y ln a) with a = softmax(z), the log-likelihood cost (book, chapter 3).

    From z and targets, both (n_output, batch), to costs (batch,).
    """
    xp = array_namespace(z)
    # The largest z of a column is subtracted from all; then ln(sum exp) = log1p(the other terms).
    # Once the network is right these are tiny, and a plain 1 + them would lose them. The largest z
    # is subtracted with its imaginary part, so that the function stays analytic.
    winner = largest_of(real_part(z))
    shifted = z - xp.sum(xp.where(winner, z, 0.0), axis=0, keepdims=True)
    rest = xp.sum(xp.where(winner, 0.0, xp.exp(shifted)), axis=0)
    return xp.sum(targets * (xp.log1p(rest) - shifted), axis=0)


def softmax_cross_entropy_terms(z: Array, targets: Array) -> tuple[Array, Array]:
    """Two terms, each (n_output, batch), whose difference is softmax(z) - y."""
    xp = array_namespace(z)
    exponentials = xp.exp(z - xp.max(z, axis=0, keepdims=True))
    softmax = exponentials / xp.sum(exponentials, axis=0, keepdims=True)
    # 1 - softmax. For the winner of a column it is computed as the sum of the others, since there
    # 1 - softmax is a difference of nearly equal numbers.
    winner = softmax > 0.5
    beside_winner = xp.sum(xp.where(winner, 0.0, softmax), axis=0, keepdims=True)
    rest = xp.where(winner, beside_winner, 1.0 - softmax)
    # The derivative is softmax * sum(y) - y, which for one-hot targets is softmax - y. Written as
    # softmax * (sum(y) - y) - y * (1 - softmax) it loses no digits, and the first bracket is a sum
    # of the other targets for the largest one, as above.
    largest = largest_of(targets)
    beside_largest = xp.sum(xp.where(largest, 0.0, targets), axis=0, keepdims=True)
    all_targets = xp.sum(targets, axis=0, keepdims=True)
    other_targets = xp.where(largest, beside_largest, all_targets - targets)
    return softmax * other_targets, targets * rest


COSTS = {
    cost.name: cost
    for cost in (
        Cost("quadratic", quadratic, quadratic_terms, separable=True, distance_power=2),
        Cost(
            "fused-sigmoid-cross-entropy",
            sigmoid_cross_entropy,
            sigmoid_cross_entropy_terms,
            separable=True,
            fused_activation="sigmoid",
        ),
        Cost(
            "fused-softmax-cross-entropy",
            softmax_cross_entropy,
            softmax_cross_entropy_terms,
            separable=False,
            fused_activation="softmax",
        ),
    )
}
