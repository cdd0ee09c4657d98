# functional style, my own version with gelu (tanh formula)
from functools import reduce
import numpy as np

C = np.sqrt(2 / np.pi)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(C * (x + 0.044715 * x ** 3)))


def gelu_backward(dA, x):
    t = np.tanh(C * (x + 0.044715 * x ** 3))
    inner = C * (1 + 3 * 0.044715 * x ** 2)
    return dA * (0.5 * (1 + t) + 0.5 * x * (1 - t ** 2) * inner)


def initialize_parameters_deep(layer_dims, seed=1):
    r = np.random.default_rng(seed)
    p = {}
    for i in range(len(layer_dims) - 1):
        p["W" + str(i + 1)] = r.normal(0, 1 / np.sqrt(layer_dims[i]), (layer_dims[i + 1], layer_dims[i]))
        p["b" + str(i + 1)] = np.zeros((layer_dims[i + 1], 1))
    return p


def forward(X, params):
    depth = len(params) // 2

    def one_layer(state, l):
        A, caches = state
        Z = params["W" + str(l)].dot(A) + params["b" + str(l)]
        return (Z if l == depth else gelu(Z)), caches + [{"A_prev": A, "Z": Z, "l": l}]

    return reduce(one_layer, range(1, depth + 1), (X, []))


def cost(AL, Y):
    """squared error, half of the mean over the m columns"""
    return 0.5 * np.sum((AL - Y) ** 2) / Y.shape[1]


def backward(AL, Y, caches, params):
    m = Y.shape[1]
    grads = {}
    dA = AL - Y
    for c in reversed(caches):
        l = str(c["l"])
        dZ = dA if c is caches[-1] else gelu_backward(dA, c["Z"])
        grads["dW" + l] = dZ.dot(c["A_prev"].T) / m
        grads["db" + l] = dZ.mean(axis=1, keepdims=True)
        dA = params["W" + l].T.dot(dZ)
    return grads


if __name__ == "__main__":
    X = np.random.rand(3, 40)
    Y = np.sum(X ** 2, axis=0, keepdims=True)
    params = initialize_parameters_deep([3, 8, 1])
    for it in range(1000):
        AL, caches = forward(X, params)
        g = backward(AL, Y, caches, params)
        params = {k: v - 0.1 * g["d" + k] for k, v in params.items()}
    print("cost", cost(AL, Y))
