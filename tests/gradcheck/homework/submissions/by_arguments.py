"""Functions that take their parameters as arguments; nothing makes them."""

import numpy as np


def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    powers = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = powers / powers.sum(axis=1, keepdims=True)
    return Z1, A1, Z2, A2


def cross_entropy(y, A2):
    return -np.mean(np.sum(y * np.log(A2), axis=1))


def backprop(X, y, Z1, A1, A2, W2):
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


def backprop_forgets_relu(X, y, Z1, A1, A2, W2):
    """Wrong: without the derivative of the ReLU."""
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)
