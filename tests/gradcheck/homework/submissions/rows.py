"""Right: a row an example, weights (n_up, n_down), flat biases."""

import numpy as np
from book import sigmoid


class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(m, n) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(n) for n in sizes[1:]]

    def forward(self, x):
        for w, b in zip(self.weights, self.biases):
            x = sigmoid(x @ w + b)
        return x

    def backprop(self, x, y):
        activations = [x]
        for w, b in zip(self.weights, self.biases):
            activations.append(sigmoid(activations[-1] @ w + b))
        a = activations[-1]
        delta = (a - y) * a * (1 - a) / len(x)
        grads_w, grads_b = [], []
        for k in reversed(range(len(self.weights))):
            grads_w.insert(0, activations[k].T @ delta)
            grads_b.insert(0, delta.sum(axis=0))
            delta = (delta @ self.weights[k].T) * activations[k] * (1 - activations[k])
        return grads_w, grads_b


class Flat(Network):
    """One example at a time, a flat vector; gradients in a dictionary."""

    def backprop(self, x, y):
        grads_w, grads_b = super().backprop(np.reshape(x, (1, len(x))), np.reshape(y, (1, len(y))))
        return {"weights": grads_w, "biases": grads_b}

    def forward(self, x):
        if x.ndim != 1:
            raise ValueError("one example, please")
        return super().forward(x)


class Placeholders(Network):
    """Lists that begin with nothing, so that the index is the layer's."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights = [None, *self.weights]
        self.biases = [None, *self.biases]

    def forward(self, x):
        for w, b in zip(self.weights[1:], self.biases[1:]):
            x = sigmoid(x @ w + b)
        return x

    def backprop(self, x, y):
        weights, biases = self.weights, self.biases
        self.weights, self.biases = weights[1:], biases[1:]
        grads_w, grads_b = super().backprop(x, y)
        self.weights, self.biases = weights, biases
        return [None, *grads_w], [None, *grads_b]
