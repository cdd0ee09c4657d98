"""A small network of three sigmoid layers, as slopes and claims at single examples show it."""

from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.diagnosis.layer_by_example import LayerByExample
from nets.arrays import HostArray

__all__ = ["Function", "Net", "one", "sigmoid", "sigmoid_slope"]

Function = Callable[[HostArray], HostArray]
SIZES = (5, 6, 6, 4)
EXAMPLES = 4


def sigmoid(z: HostArray) -> HostArray:
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def sigmoid_slope(z: HostArray) -> HostArray:
    return sigmoid(z) * (1.0 - sigmoid(z))


def one(z: HostArray) -> HostArray:
    return np.ones_like(z)


class Net:
    """Sigmoid layers and the quadratic cost, at a few examples; rows are examples."""

    def __init__(
        self, seed: int = 0, value: Function = sigmoid, sizes: Sequence[int] = SIZES
    ) -> None:
        generator = np.random.default_rng(seed)
        shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
        self.weights = [generator.standard_normal(shape) for shape in shapes]
        self.biases = [generator.standard_normal(n) for n, _ in shapes]
        self.activations = [generator.standard_normal((EXAMPLES, sizes[0]))]
        self.z: list[HostArray] = []
        for w, b in zip(self.weights, self.biases, strict=True):
            self.z.append(self.activations[-1] @ w.T + b)
            self.activations.append(value(self.z[-1]))
        self.targets = np.eye(sizes[-1])[generator.integers(0, sizes[-1], EXAMPLES)]

    def deltas(
        self,
        slopes: Sequence[Function] = (sigmoid_slope,) * 3,
        back: Sequence[HostArray] | None = None,
        first: HostArray | None = None,
    ) -> list[HostArray]:
        """dC/dz of each layer, with these derivatives and with these weights on the way back."""
        weights = self.weights if back is None else back
        off = self.activations[-1] - self.targets
        found = [off * slopes[-1](self.z[-1]) if first is None else first]
        for layer in (1, 0):
            found.insert(0, (found[0] @ weights[layer + 1]) * slopes[layer](self.z[layer]))
        return found

    def layers(
        self,
        right: Sequence[HostArray],
        biases: Sequence[HostArray],
        used: Sequence[HostArray] | None = None,
    ) -> list[LayerByExample]:
        """What slopes and claims show; the weights' claims contain ``used``."""
        in_weights = biases if used is None else used
        return [
            LayerByExample(
                number=k + 1,
                weights=self.weights[k],
                biases=self.biases[k],
                upstream=self.activations[k],
                right=right[k],
                claimed_biases=biases[k],
                claimed_weights=in_weights[k][:, :, None] * self.activations[k][:, None, :],
            )
            for k in range(3)
        ]
