"""A network of sigmoid neurons that learns from one example after the other.

An input x and a target y are columns. weights[l] and biases[l] belong to layer l, from 0.
The cost of an example is half the squared distance between the output and the target.
"""

import numpy as np

SIZES = (6, 4, 4, 4)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    """The derivative of the sigmoid at z."""
    s = sigmoid(z)
    return s * (1.0 - s)


class Network:
    def __init__(self):
        rng = np.random.default_rng(1)
        self.weights = [rng.normal(size=(n, k)) for k, n in zip(SIZES[:-1], SIZES[1:])]
        self.biases = [rng.normal(size=(n, 1)) for n in SIZES[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigmoid(w @ a + b)
        return a

    def cost(self, a, y):
        return 0.5 * np.sum((a - y) ** 2)

    def backprop(self, x, y):
        """The gradients of the cost of one example: of the biases, and of the weights."""
        # Forward. Keep the z of every layer, and all activations: those of layer l are a[l + 1].
        a = [x]
        zs = []
        for w, b in zip(self.weights, self.biases):
            z = w @ a[-1] + b
            zs.append(z)
            a.append(sigmoid(z))

        # Backward. delta is the gradient of the cost with respect to z.
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        error = a[-1] - y
        delta = error * sigmoid_prime(zs[-1])
        last = len(self.weights) - 1
        for l in range(last, -1, -1):
            nabla_b[l] = delta
            nabla_w[l] = delta @ a[l].T
            if l > 0:
                back = self.weights[l].T @ delta
                delta = back * sigmoid_prime(zs[l - 1])
        return nabla_b, nabla_w

    def train(self, examples, epochs, eta):
        """One step of gradient descent for each example, again and again."""
        for _ in range(epochs):
            for x, y in examples:
                nabla_b, nabla_w = self.backprop(x, y)
                self.biases = [b - eta * g for b, g in zip(self.biases, nabla_b)]
                self.weights = [w - eta * g for w, g in zip(self.weights, nabla_w)]


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    examples = [(rng.random((6, 1)), np.eye(4)[:, [k % 4]]) for k in range(12)]
    network = Network()
    for _ in range(5):
        network.train(examples, epochs=20, eta=1.0)
        print(sum(network.cost(network.feedforward(x), y) for x, y in examples))
