import numpy as np


def relu(x): return np.maximum(x, 0)


class Model:
    """weights/biases as object arrays (because lists cannot be added), backprop gives [(dw, db), ...]"""

    def __init__(self, *layer_sizes):
        n = len(layer_sizes) - 1
        self.weights = np.empty(n, dtype=object)
        self.biases = np.empty(n, dtype=object)
        for i in range(n):
            self.weights[i] = np.random.normal(0, (2 / layer_sizes[i]) ** 0.5, (layer_sizes[i + 1], layer_sizes[i]))
            self.biases[i] = np.zeros(layer_sizes[i + 1])

    def feedforward(self, x):
        # works with (n,) and with (batch, n)
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            x = relu(x @ w.T + b)
        return x @ self.weights[-1].T + self.biases[-1]

    def cost(self, x, y):
        z = self.feedforward(x)
        # binary cross-entropy straight from the logits
        return np.mean(np.sum(np.logaddexp(0, z) - y * z, axis=-1))

    def backprop(self, x, y):
        hs = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            hs.append(relu(hs[-1] @ w.T + b))
        z = hs[-1] @ self.weights[-1].T + self.biases[-1]
        g = (1 / (1 + np.exp(-z)) - y) / x.shape[0]
        out = [(g.T @ hs[-1], g.sum(0))]
        for i in range(len(self.weights) - 2, -1, -1):
            g = np.where(hs[i + 1] > 0, g @ self.weights[i + 1], 0)
            out.append((g.T @ hs[i], g.sum(0)))
        return list(reversed(out))

    def step(self, x, y, lr):
        for i, (dw, db) in enumerate(self.backprop(x, y)):
            self.weights[i] = self.weights[i] - lr * dw
            self.biases[i] = self.biases[i] - lr * db
