"""The book's class with a schedule of learning rates, which the constructor must be given."""

import numpy as np


class Network:
    def __init__(self, sizes, lr_schedule):
        self.lr_schedule = lr_schedule
        self.weights = [np.random.randn(n, m) / np.sqrt(m) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros((n, 1)) for n in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigmoid(w @ a + b)
        return a

    def step(self, batch, epoch):
        rate = self.lr_schedule(epoch)
        for x, y in batch:
            grad_w, grad_b = self.backprop(x, y)
            self.weights = [w - rate * g for w, g in zip(self.weights, grad_w)]
            self.biases = [b - rate * g for b, g in zip(self.biases, grad_b)]

    def backprop(self, x, y):
        acts, zs = [x], []
        for w, b in zip(self.weights, self.biases):
            zs.append(w @ acts[-1] + b)
            acts.append(sigmoid(zs[-1]))
        grad_w = [None] * len(self.weights)
        grad_b = [None] * len(self.biases)
        delta = acts[-1] - y
        for l in range(len(self.weights) - 1, -1, -1):
            grad_w[l] = delta @ acts[l].T
            grad_b[l] = delta
            if l > 0:
                delta = (self.weights[l].T @ delta) * sigmoid_prime(zs[l - 1])
        return grad_w, grad_b

    def cost(self, x, y):
        a = self.feedforward(x)
        return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
