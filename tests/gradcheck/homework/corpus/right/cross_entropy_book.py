"""Chapter 3 exercise: the cross-entropy cost as an object with fn and delta."""
import json

import numpy as np


class CrossEntropy:
    @staticmethod
    def fn(a, y):
        return float(-np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)))

    @staticmethod
    def delta(z, a, y):
        return a - y


class Quadratic:
    @staticmethod
    def fn(a, y):
        return 0.5 * np.linalg.norm(a - y) ** 2

    @staticmethod
    def delta(z, a, y):
        return (a - y) * logistic(z) * (1 - logistic(z))


def logistic(t):
    return 0.5 * (1.0 + np.tanh(t / 2.0))   # never overflows


class Network:
    def __init__(self, sizes, cost=CrossEntropy):
        self.sizes = list(sizes)
        self.cost = cost
        self.init_weights()

    def init_weights(self):
        self.biases = [np.random.randn(n, 1) for n in self.sizes[1:]]
        self.weights = [np.random.randn(n, p) / np.sqrt(p)
                        for p, n in zip(self.sizes, self.sizes[1:])]

    def feedforward(self, a):
        for layer in range(len(self.weights)):
            a = logistic(self.weights[layer].dot(a) + self.biases[layer])
        return a

    def backprop(self, x, y):
        zs, activations = [], [x]
        for b, w in zip(self.biases, self.weights):
            z = w.dot(activations[-1]) + b
            zs.append(z)
            activations.append(logistic(z))

        nablas = []
        delta = self.cost.delta(zs[-1], activations[-1], y)
        nablas.append((delta, delta.dot(activations[-2].T)))
        for k in range(len(self.weights) - 2, -1, -1):
            s = activations[k + 1]
            delta = self.weights[k + 1].T.dot(delta) * (s * (1 - s))
            nablas.append((delta, delta.dot(activations[k].T)))
        nablas.reverse()
        nabla_b = [n[0] for n in nablas]
        nabla_w = [n[1] for n in nablas]
        return nabla_b, nabla_w

    def save(self, filename):
        with open(filename, "w") as f:
            json.dump({"sizes": self.sizes, "weights": [w.tolist() for w in self.weights],
                       "biases": [b.tolist() for b in self.biases]}, f)
