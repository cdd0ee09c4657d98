"""Functions over a dict of parameters, as a course's exercises have them."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"] = np.random.randn(layer_dims[layer], layer_dims[layer - 1]) * 0.01
        parameters[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return parameters


def L_model_forward(X, parameters):
    caches, A = [], X
    depth = len(parameters) // 2
    for layer in range(1, depth + 1):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        caches.append((A, Z))
        A = np.tanh(Z) if layer < depth else 1 / (1 + np.exp(-Z))
    return A, (caches, parameters)


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def compute_cost_with_regularization(AL, Y, parameters, lambd):
    squares = sum(np.sum(parameters[key] ** 2) for key in parameters if key[0] == "W")
    return compute_cost(AL, Y) + lambd / (2 * Y.shape[1]) * squares


def L_model_backward(AL, Y, caches):
    (stored, parameters), grads = caches, {}
    dZ = (AL - Y) / Y.shape[1]
    for layer in range(len(stored), 0, -1):
        A, _ = stored[layer - 1]
        grads[f"dW{layer}"] = dZ @ A.T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = (parameters[f"W{layer}"].T @ dZ) * (1 - A**2)
    return grads


def L_model_backward_with_regularization(AL, Y, caches, lambd):
    grads = L_model_backward(AL, Y, caches)
    for key, value in caches[1].items():
        if key[0] == "W":
            grads["d" + key] = grads["d" + key] + lambd / Y.shape[1] * value
    return grads


def backward_without_m(AL, Y, caches):
    """Wrong: not divided by the number of examples."""
    return {key: value * Y.shape[1] for key, value in L_model_backward(AL, Y, caches).items()}


def backward_b1_zero(AL, Y, caches):
    """Wrong: one bias has no gradient."""
    grads = L_model_backward(AL, Y, caches)
    return {**grads, "db1": 0 * grads["db1"]}


def backward_without_weights(AL, Y, caches):
    """Gives too little."""
    return {"db1": L_model_backward(AL, Y, caches)["db1"]}
