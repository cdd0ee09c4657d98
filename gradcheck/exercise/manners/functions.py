"""The pieces of a network, as pairs of functions. Every example is a row.

Each forward function returns its result, and a cache with what its backward function needs.
Each backward function takes the gradient with respect to that result, and the cache.
"""

import numpy as np


def affine_forward(x, w, b):
    """x has the shape (m, n_in), w has (n_in, n_out), b has (n_out,)."""
    out = x @ w + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """The gradients with respect to x, w and b."""
    x, w, b = cache
    dx = dout @ w.T
    dw = x.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(x, 0.0)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = dout * (x > 0.0)
    return dx


def sigmoid_forward(x):
    out = 1.0 / (1.0 + np.exp(-x))
    cache = (x, out)
    return out, cache


def sigmoid_backward(dout, cache):
    x, out = cache
    dx = dout * out * (1.0 - out)
    return dx


def tanh_forward(x):
    out = np.tanh(x)
    cache = (x, out)
    return out, cache


def tanh_backward(dout, cache):
    x, out = cache
    dx = dout * (1.0 - out**2)
    return dx


def softmax_loss(x, y):
    """The mean cross-entropy and its gradient; x has the shape (m, n), y the m right classes."""
    m = x.shape[0]
    p = np.exp(x - x.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.sum(np.log(p[np.arange(m), y])) / m
    dx = p.copy()
    dx[np.arange(m), y] -= 1.0
    dx /= m
    return loss, dx


if __name__ == "__main__":
    # A network with one hidden layer, made of these pieces.
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(30, 6)), rng.integers(0, 3, 30)
    w1, b1 = 0.3 * rng.normal(size=(6, 8)), np.zeros(8)
    w2, b2 = 0.3 * rng.normal(size=(8, 3)), np.zeros(3)
    for k in range(50):
        z1, cache1 = affine_forward(x, w1, b1)
        a1, cache2 = tanh_forward(z1)
        scores, cache3 = affine_forward(a1, w2, b2)
        loss, dscores = softmax_loss(scores, y)
        da1, dw2, db2 = affine_backward(dscores, cache3)
        dz1 = tanh_backward(da1, cache2)
        _, dw1, db1 = affine_backward(dz1, cache1)
        w1, b1, w2, b2 = w1 - 0.5 * dw1, b1 - 0.5 * db1, w2 - 0.5 * dw2, b2 - 0.5 * db2
        if k % 10 == 0:
            print(k, loss)
