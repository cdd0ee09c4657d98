"""A residual block: relu(x + W2 relu(x W1 + b1) + b2), forward and backward."""

import numpy as np


def residual_forward(x, W1, b1, W2, b2):
    h = x @ W1 + b1
    a = np.maximum(0, h)
    s = a @ W2 + b2 + x
    return np.maximum(0, s), (x, W1, W2, h, a, s)


def residual_backward(dout, cache):
    x, W1, W2, h, a, s = cache
    ds = dout * (s > 0)
    dW2 = a.T @ ds
    db2 = ds.sum(axis=0)
    dh = ds @ W2.T * (h > 0)
    dW1 = x.T @ dh
    db1 = dh.sum(axis=0)
    dx = dh @ W1.T + ds
    return dx, dW1, db1, dW2, db2
