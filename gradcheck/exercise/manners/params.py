"""A network with three layers, as functions over a dict of parameters. Every example is a row.

The hidden layers have ReLU, the output layer has the sigmoid. The cost is the cross-entropy of the
outputs, the mean over the examples.
"""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def initialize_parameters(n_x, n_h, n_y):
    """n_x inputs, two hidden layers of n_h neurons each, and n_y outputs."""
    rng = np.random.default_rng(1)
    return {
        "W1": rng.normal(size=(n_x, n_h)) * np.sqrt(2.0 / n_x),
        "b1": 0.1 * rng.normal(size=n_h),
        "W2": rng.normal(size=(n_h, n_h)) * np.sqrt(2.0 / n_h),
        "b2": 0.1 * rng.normal(size=n_h),
        "W3": rng.normal(size=(n_h, n_y)) * np.sqrt(2.0 / n_h),
        "b3": 0.1 * rng.normal(size=n_y),
    }


def forward_propagation(X, parameters):
    """The output, and a cache of what the way back needs."""
    Z1 = X @ parameters["W1"] + parameters["b1"]
    A1 = np.maximum(Z1, 0.0)
    Z2 = A1 @ parameters["W2"] + parameters["b2"]
    A2 = np.maximum(Z2, 0.0)
    Z3 = A2 @ parameters["W3"] + parameters["b3"]
    A3 = sigmoid(Z3)
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
    return A3, cache


def compute_cost(A3, Y):
    m = len(Y)
    return -np.sum(Y * np.log(A3) + (1.0 - Y) * np.log(1.0 - A3)) / m


def backward_propagation(X, Y, parameters, cache):
    """The gradients of the cost, by the names of the parameters."""
    m = len(X)
    A1, A2, A3 = cache["A1"], cache["A2"], cache["A3"]
    W2, W3 = parameters["W2"], parameters["W3"]

    # The sigmoid and the cross-entropy together have this simple gradient.
    dZ3 = (A3 - Y) / m
    dW3 = A2.T @ dZ3
    db3 = dZ3.sum(axis=0)

    dA2 = dZ3 @ W3.T
    dZ2 = dA2 * (cache["Z2"] > 0.0)
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)

    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (cache["Z1"] > 0.0)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    X = rng.normal(size=(30, 6))
    Y = np.eye(3)[rng.integers(0, 3, 30)]
    parameters = initialize_parameters(6, 5, 3)
    for k in range(50):
        A3, cache = forward_propagation(X, parameters)
        grads = backward_propagation(X, Y, parameters, cache)
        for name in parameters:
            parameters[name] = parameters[name] - 0.3 * grads["d" + name]
        if k % 10 == 0:
            print(k, compute_cost(A3, Y))
