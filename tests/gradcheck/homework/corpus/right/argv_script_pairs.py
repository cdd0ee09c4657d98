#!/usr/bin/env python
# usage: argv_script_pairs.py LEARNING_RATE DATA.npz
import sys
import numpy as np

learning_rate = float(sys.argv[1])
data = np.load(sys.argv[2])


def dense_forward(x, w, b):
    z = x @ w + b
    return np.tanh(z), (x, w, np.tanh(z))


def dense_backward(dout, cache):
    x, w, a = cache
    dz = dout * (1 - a ** 2)
    dx = dz @ w.T
    dw = x.T @ dz
    db = dz.sum(axis=0)
    return dx, dw, db


def main():
    w = np.random.randn(data["x"].shape[1], 1)
    b = np.zeros(1)
    for step in range(500):
        out, cache = dense_forward(data["x"], w, b)
        dx, dw, db = dense_backward(out - data["y"], cache)
        w -= learning_rate * dw
        b -= learning_rate * db
    print("error:", np.abs(out - data["y"]).mean())


main()
