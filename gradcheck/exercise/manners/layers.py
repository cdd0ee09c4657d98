"""A network made of layer objects. Each has forward and backward; every example is a row.

backward takes the gradient with respect to what forward returned, and returns the gradient with
respect to what forward was given. A layer with parameters keeps their gradients in dw and db.
"""

import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.w = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        self.b = 0.1 * rng.normal(size=n_out)
        self.dw = np.zeros_like(self.w)
        self.db = np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        self.out = x @ self.w + self.b
        return self.out

    def backward(self, grad):
        self.dw = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.w.T


class Sigmoid:
    def forward(self, x):
        self.x = x
        self.out = 1.0 / (1.0 + np.exp(-x))
        return self.out

    def backward(self, grad):
        slope = self.out * (1.0 - self.out)
        return grad * slope


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0.0)

    def backward(self, grad):
        return grad * (self.x > 0.0)


class MSELoss:
    """Half the squared distance between output and target, the mean over the examples."""

    def forward(self, output, target):
        self.output, self.target = output, target
        return 0.5 * np.sum((output - target) ** 2) / len(output)

    def backward(self):
        error = self.output - self.target
        return error / len(error)


class Network:
    def __init__(self):
        rng = np.random.default_rng(1)
        self.layers = [
            Dense(4, 5, rng),
            ReLU(),
            Dense(5, 2, rng),
            Sigmoid(),
        ]
        self.loss = MSELoss()

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(30, 4)), np.eye(2)[rng.integers(0, 2, 30)]
    network = Network()
    for k in range(50):
        cost = network.loss.forward(network.forward(x), y)
        network.backward(network.loss.backward())
        for layer in network.layers[::2]:
            layer.w -= 1.0 * layer.dw
            layer.b -= 1.0 * layer.db
        if k % 10 == 0:
            print(k, cost)
