"""A network of layers that take one example at a time, as a row in an array (1, n)."""

import numpy as np


class FullyConnectedLayer:
    def __init__(self, n_input, n_output):
        self.weights = np.random.rand(n_input, n_output) - 0.5
        self.bias = np.random.rand(1, n_output) - 0.5

    def forward_pass(self, row):
        self.row = row
        return row @ self.weights + self.bias

    def backward_pass(self, error, rate):
        back = error @ self.weights.T
        self.weights -= rate * self.row.T @ error
        self.bias -= rate * error
        return back


class ActivationLayer:
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_pass(self, row):
        self.row = row
        return self.activation(row)

    def backward_pass(self, error, rate):
        return self.activation_prime(self.row) * error


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1 - np.tanh(x) ** 2


def squared(wanted, given):
    return np.mean((wanted - given) ** 2)


def squared_prime(wanted, given):
    return 2 * (given - wanted) / wanted.size


class Network:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)

    def use(self, loss, loss_prime):
        self.loss = loss
        self.loss_prime = loss_prime

    def predict(self, examples):
        found = []
        for row in examples:
            for layer in self.layers:
                row = layer.forward_pass(row)
            found.append(row)
        return found

    def fit(self, x_train, y_train, epochs, learning_rate):
        for _ in range(epochs):
            for row, wanted in zip(x_train, y_train):
                for layer in self.layers:
                    row = layer.forward_pass(row)
                error = self.loss_prime(wanted, row)
                for layer in self.layers[::-1]:
                    error = layer.backward_pass(error, learning_rate)
