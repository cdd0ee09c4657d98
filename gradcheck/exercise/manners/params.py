"""A network with three layers, as functions over a dict of parameters. Every example is a column.

The hidden layers have ReLU, the output layer has the sigmoid. The cost is the cross-entropy of the
outputs, the mean over the examples.
"""

import numpy as np

SIZES = (6, 4, 4, 4)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0.0)


def initialize_parameters():
    rng = np.random.default_rng(1)
    parameters = {}
    for l in range(1, 4):
        scale = np.sqrt(2.0 / SIZES[l - 1])
        parameters[f"W{l}"] = scale * rng.normal(size=(SIZES[l], SIZES[l - 1]))
        parameters[f"b{l}"] = 0.1 * rng.normal(size=(SIZES[l], 1))
    return parameters


def forward_propagation(X, parameters):
    """The output, and a cache of what the way back needs."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = relu(Z2)
    Z3 = parameters["W3"] @ A2 + parameters["b3"]
    A3 = sigmoid(Z3)
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
    return A3, cache


def compute_cost(A3, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A3) + (1.0 - Y) * np.log(1.0 - A3)) / m


def backward_propagation(X, Y, parameters, cache):
    """The gradients of the cost, by the names of the parameters."""
    m = X.shape[1]
    A1, A2, A3 = cache["A1"], cache["A2"], cache["A3"]
    W2, W3 = parameters["W2"], parameters["W3"]

    # The sigmoid and the cross-entropy together have this simple gradient.
    dZ3 = (A3 - Y) / m
    dW3 = dZ3 @ A2.T
    db3 = dZ3.sum(axis=1, keepdims=True)

    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (cache["Z2"] > 0.0)
    dW2 = dZ2 @ A1.T
    db2 = dZ2.sum(axis=1, keepdims=True)

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (cache["Z1"] > 0.0)
    dW1 = dZ1 @ X.T
    db1 = dZ1.sum(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def update_parameters(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in parameters}


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    X = rng.normal(size=(6, 30))
    Y = np.eye(4)[:, rng.integers(0, 4, 30)]
    parameters = initialize_parameters()
    for k in range(50):
        A3, cache = forward_propagation(X, parameters)
        grads = backward_propagation(X, Y, parameters, cache)
        parameters = update_parameters(parameters, grads, learning_rate=0.3)
        if k % 10 == 0:
            print(k, compute_cost(A3, Y))
