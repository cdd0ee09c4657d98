"""A model that is built empty; its layers make their weights when they first see examples."""

import numpy as np


class Dense:
    def __init__(self, n_units, activation="relu"):
        self.n_units = n_units
        self.activation = activation
        self.W = None

    def forward(self, A):
        if self.W is None:
            self.W = np.random.randn(A.shape[1], self.n_units) * 0.5
            self.b = np.zeros((1, self.n_units))
        self.A_in = A
        self.Z = A @ self.W + self.b
        return np.maximum(0, self.Z) if self.activation == "relu" else 1 / (1 + np.exp(-self.Z))

    def backward(self, dA):
        if self.activation == "relu":
            dZ = dA * (self.Z > 0)
        else:
            s = 1 / (1 + np.exp(-self.Z))
            dZ = dA * s * (1 - s)
        self.dW = self.A_in.T @ dZ
        self.db = dZ.sum(axis=0, keepdims=True)
        return dZ @ self.W.T


class Sequential:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)

    def compile(self, loss="binary_crossentropy", lr=0.01):
        self.loss_name = loss
        self.lr = lr

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, y_true, y_pred):
        return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))

    def fit(self, X, y, epochs=1):
        for _ in range(epochs):
            p = self.predict(X)
            grad = (p - y) / (p * (1 - p)) / y.size
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
            for layer in self.layers:
                layer.W -= self.lr * layer.dW
                layer.b -= self.lr * layer.db
