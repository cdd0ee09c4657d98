# Homework 2: a network like in the book, one example at a time
import random

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    s = sigmoid(z)
    return s * (1 - s)


class Network:
    """Layers of sigmoid neurons, e.g. Network([784, 30, 10])."""

    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.weights = [np.random.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigmoid(w @ a + b)
        return a

    def backprop(self, x, y):
        """Gradient of 1/2 |a - y|^2 for one example, as (for biases, for weights)."""
        acts, zs = [x], []
        for w, b in zip(self.weights, self.biases):
            zs.append(w @ acts[-1] + b)
            acts.append(sigmoid(zs[-1]))
        grad_b = [None] * len(self.biases)
        grad_w = [None] * len(self.weights)
        delta = (acts[-1] - y) * sigmoid_prime(zs[-1])
        grad_b[-1] = delta
        grad_w[-1] = delta @ acts[-2].T
        for layer in range(2, self.num_layers):
            back = self.weights[-layer + 1].T @ delta
            delta = back * sigmoid_prime(zs[-layer])
            grad_b[-layer] = delta
            grad_w[-layer] = delta @ acts[-layer - 1].T
        return grad_b, grad_w

    def update_mini_batch(self, batch, eta):
        for x, y in batch:
            gb, gw = self.backprop(x, y)
            self.biases = [b - eta / len(batch) * g for b, g in zip(self.biases, gb)]
            self.weights = [w - eta / len(batch) * g for w, g in zip(self.weights, gw)]

    def evaluate(self, test):
        return sum(int(np.argmax(self.feedforward(x)) == y) for x, y in test)


if __name__ == "__main__":
    net = Network([2, 3, 1])
    xor = [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
    data = [(np.array(x, float).reshape(2, 1), np.array([[t]], float)) for x, t in xor]
    for epoch in range(4000):
        random.shuffle(data)
        net.update_mini_batch(data, 3.0)
    for x, t in data:
        print(x.ravel(), t.item(), net.feedforward(x).item())
