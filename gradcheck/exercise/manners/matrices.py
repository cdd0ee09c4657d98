"""A network that computes with a whole mini-batch at once: every example is a column.

The hidden layers have tanh, the output layer has softmax. The cost is the cross-entropy, the mean
over the examples.
"""

import numpy as np

SIZES = (6, 4, 4, 4)


def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def tanh_prime(z):
    return 1.0 - np.tanh(z) ** 2


class Network:
    def __init__(self):
        rng = np.random.default_rng(1)
        self.weights = [rng.normal(size=(n, k)) / k**0.5 for k, n in zip(SIZES[:-1], SIZES[1:])]
        self.biases = [0.5 * rng.normal(size=(n, 1)) for n in SIZES[1:]]

    def forward(self, x):
        """The z and the activations of all layers; the first activations are the inputs."""
        zs, activations = [], [x]
        for w, b in zip(self.weights, self.biases):
            z = w @ activations[-1] + b
            is_last = len(zs) == len(self.weights) - 1
            zs.append(z)
            activations.append(softmax(z) if is_last else np.tanh(z))
        return zs, activations

    def feedforward(self, x):
        return self.forward(x)[1][-1]

    def cost(self, x, y):
        m = x.shape[1]
        return -np.sum(y * np.log(self.feedforward(x))) / m

    def backprop(self, x, y):
        """The gradients of the cost: of all biases, and of all weights."""
        m = x.shape[1]
        zs, activations = self.forward(x)
        nabla_w = [np.zeros_like(w) for w in self.weights]
        nabla_b = [np.zeros_like(b) for b in self.biases]

        # Softmax and the cross-entropy together have this simple gradient with respect to z.
        delta = (activations[-1] - y) / m
        for l in reversed(range(len(self.weights))):
            nabla_w[l] = delta @ activations[l].T
            nabla_b[l] = delta.sum(axis=1, keepdims=True)
            if l > 0:
                back = self.weights[l].T @ delta
                delta = back * tanh_prime(zs[l - 1])
        return nabla_b, nabla_w

    def step(self, x, y, eta):
        """One step of gradient descent."""
        nabla_b, nabla_w = self.backprop(x, y)
        for l in range(len(self.weights)):
            self.biases[l] = self.biases[l] - eta * nabla_b[l]
            self.weights[l] = self.weights[l] - eta * nabla_w[l]


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    x = rng.normal(size=(6, 30))
    y = np.eye(4)[:, rng.integers(0, 4, 30)]
    network = Network()
    for k in range(50):
        network.step(x, y, eta=0.3)
        if k % 10 == 0:
            print(k, network.cost(x, y))
