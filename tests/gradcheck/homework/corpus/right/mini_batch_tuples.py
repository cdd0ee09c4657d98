"""
Handwritten digits, third attempt. update_mini_batch gets a list of (x, y) as in the book,
but backprop is inside of it and nothing is returned.
"""
import random

import numpy as np


class Network(object):
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.weights = [np.random.randn(y, x) / np.sqrt(x) for x, y in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = squash(np.dot(w, a) + b)
        return a

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        n = len(training_data)
        for j in range(epochs):
            random.shuffle(training_data)
            for k in range(0, n, mini_batch_size):
                self.update_mini_batch(training_data[k:k + mini_batch_size], eta)
            print("Epoch {0} complete".format(j))

    def update_mini_batch(self, mini_batch, eta):
        m = len(mini_batch)
        sum_w = [np.zeros(w.shape) for w in self.weights]
        sum_b = [np.zeros(b.shape) for b in self.biases]
        for x, y in mini_batch:
            a = [x]
            for w, b in zip(self.weights, self.biases):
                a.append(squash(np.dot(w, a[-1]) + b))
            delta = (a[-1] - y) * a[-1] * (1 - a[-1])
            for l in range(self.num_layers - 2, -1, -1):
                sum_w[l] += np.dot(delta, a[l].T)
                sum_b[l] += delta
                delta = np.dot(self.weights[l].T, delta) * a[l] * (1 - a[l])
        for l in range(self.num_layers - 1):
            self.weights[l] = self.weights[l] - eta / m * sum_w[l]
            self.biases[l] = self.biases[l] - eta / m * sum_b[l]


def squash(z):
    return np.where(z < -30, 0.0, 1 / (1 + np.exp(-np.maximum(z, -30))))
