"""Right: the form of the book's second program, with a cost class and regularisation."""

import numpy as np


class QuadraticCost:
    @staticmethod
    def fn(a, y):
        return 0.5 * np.linalg.norm(a - y) ** 2

    @staticmethod
    def delta(z, a, y):
        return (a - y) * sigmoid_prime(z)


class CrossEntropyCost:
    @staticmethod
    def fn(a, y):
        return np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a)))

    @staticmethod
    def delta(z, a, y):
        return a - y


class Network:
    def __init__(self, sizes, cost=CrossEntropyCost):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.cost = cost
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) / np.sqrt(m) for m, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        for x, y in mini_batch:
            step_b, step_w = self.backprop(x, y)
            shrink = 1 - eta * lmbda / n / len(mini_batch)
            self.weights = [
                shrink * w - eta / len(mini_batch) * s for w, s in zip(self.weights, step_w)
            ]
            self.biases = [b - eta / len(mini_batch) * s for b, s in zip(self.biases, step_b)]

    def backprop(self, x, y):
        zs, activations = [], [x]
        for b, w in zip(self.biases, self.weights):
            zs.append(np.dot(w, activations[-1]) + b)
            activations.append(sigmoid(zs[-1]))
        delta = self.cost.delta(zs[-1], activations[-1], y)
        nabla_b, nabla_w = [delta], [np.dot(delta, activations[-2].T)]
        for k in range(2, self.num_layers):
            delta = np.dot(self.weights[-k + 1].T, delta) * sigmoid_prime(zs[-k])
            nabla_b.insert(0, delta)
            nabla_w.insert(0, np.dot(delta, activations[-k - 1].T))
        return (nabla_b, nabla_w)


class QuadraticNetwork(Network):
    def __init__(self, sizes):
        super().__init__(sizes, cost=QuadraticCost)


class NetworkOfObjects(Network):
    """Its cost is an object, not a class."""

    def __init__(self, sizes):
        super().__init__(sizes, cost=CrossEntropyCost())


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
