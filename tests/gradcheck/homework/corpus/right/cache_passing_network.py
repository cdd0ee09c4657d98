from typing import List, Tuple

import numpy as np

Array = np.ndarray


def elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_grad(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


class FeedForwardNet:
    """Hidden layers use ELU, the output is linear, the loss is a Huber-like log cosh."""

    weights: List[Array]
    biases: List[Array]

    def __init__(self, sizes: List[int], rng_seed: int = 7) -> None:
        rng = np.random.default_rng(rng_seed)
        self.weights = [rng.normal(size=(i, o)) / np.sqrt(i) for i, o in zip(sizes, sizes[1:])]
        self.biases = [rng.normal(size=(1, o)) * 0.01 for o in sizes[1:]]

    def forward(self, x: Array) -> Tuple[Array, list]:
        cache = []
        for i in range(len(self.weights)):
            z = x @ self.weights[i] + self.biases[i]
            cache.append((x, z))
            x = z if i == len(self.weights) - 1 else elu(z)
        return x, cache

    def loss(self, x: Array, y: Array) -> float:
        out, _ = self.forward(x)
        return float(np.log(np.cosh(out - y)).sum() / len(x))

    def backpropagation(self, x: Array, y: Array) -> Tuple[List[Array], List[Array]]:
        out, cache = self.forward(x)
        grad = np.tanh(out - y) / len(x)
        grad_weights: List[Array] = []
        grad_biases: List[Array] = []
        for i in reversed(range(len(self.weights))):
            x_in, z = cache[i]
            if i != len(self.weights) - 1:
                grad = grad * elu_grad(z)
            grad_weights = [x_in.T @ grad] + grad_weights
            grad_biases = [grad.sum(axis=0, keepdims=True)] + grad_biases
            grad = grad @ self.weights[i].T
        return grad_weights, grad_biases
