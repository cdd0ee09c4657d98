"""A class that is built from the number of its layers and a list of their sizes."""

import numpy as np


class CountedNet:
    def __init__(self, numLayers, numUnits, activation):
        self.L = numLayers
        self.activation = activation
        self.params = {}
        for l in range(1, numLayers + 1):
            self.params["W%d" % l] = np.random.randn(numUnits[l], numUnits[l - 1]) * 0.5
            self.params["b%d" % l] = np.zeros((numUnits[l], 1))

    def act(self, Z):
        return np.tanh(Z) if self.activation == "tanh" else 1 / (1 + np.exp(-Z))

    def dact(self, A):
        return 1 - A**2 if self.activation == "tanh" else A * (1 - A)

    def forwardPass(self, X):
        cache = {"A0": X}
        A = X
        for l in range(1, self.L + 1):
            Z = self.params["W%d" % l] @ A + self.params["b%d" % l]
            A = 1 / (1 + np.exp(-Z)) if l == self.L else self.act(Z)
            cache["A%d" % l] = A
        return A, cache

    def costFunc(self, A, Y):
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backwardPass(self, cache, Y):
        m = Y.shape[1]
        grads = {}
        dZ = cache["A%d" % self.L] - Y
        for l in range(self.L, 0, -1):
            grads["dW%d" % l] = dZ @ cache["A%d" % (l - 1)].T / m
            grads["db%d" % l] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = self.params["W%d" % l].T @ dZ * self.dact(cache["A%d" % (l - 1)])
        return grads
