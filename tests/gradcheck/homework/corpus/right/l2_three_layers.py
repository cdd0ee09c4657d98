import math

import numpy as np


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s


def initialize_parameters(layer_dims):
    """xavier for all"""
    L = len(layer_dims)
    assert L == 4, "this exercise has three layers"
    return {
        **{f"W{l}": np.random.randn(layer_dims[l], layer_dims[l - 1]) / math.sqrt(layer_dims[l - 1])
           for l in range(1, L)},
        **{f"b{l}": np.zeros((layer_dims[l], 1)) for l in range(1, L)},
    }


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = np.maximum(Z2, 0)
    Z3 = parameters["W3"] @ A2 + parameters["b3"]
    A3 = sigmoid(Z3)
    cache = (Z1, A1, parameters["W1"], parameters["b1"], Z2, A2, parameters["W2"],
             parameters["b2"], Z3, A3, parameters["W3"], parameters["b3"])
    return A3, cache


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy = np.nansum(-np.log(A3) * Y - np.log(1 - A3) * (1 - Y)) / m
    squares = 0
    for name in ("W1", "W2", "W3"):
        squares += np.sum(np.square(parameters[name]))
    return cross_entropy + lambd / (2 * m) * squares


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1. / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1. / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1. / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)

    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
            "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
