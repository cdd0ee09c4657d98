"""A script for XOR: each function takes the number of an example, and changes global variables."""

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=int)
Y = np.array([0, 1, 1, 0])

np.random.seed(4)
w_hidden = np.random.uniform(-1, 1, (3, 2))
b_hidden = np.random.uniform(-1, 1, 3)
w_out = np.random.uniform(-1, 1, (1, 3))
b_out = np.random.uniform(-1, 1, 1)
lr = 0.5


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def forward(i):
    global hidden, out
    hidden = sigmoid(w_hidden.dot(X[i]) + b_hidden)
    out = sigmoid(w_out.dot(hidden) + b_out)


def back(i):
    global d_out, d_hidden
    d_out = (out - Y[i]) * out * (1 - out)
    d_hidden = w_out.T.dot(d_out) * hidden * (1 - hidden)


def update(i):
    global w_hidden, b_hidden, w_out, b_out
    w_out = w_out - lr * np.outer(d_out, hidden)
    b_out = b_out - lr * d_out
    w_hidden = w_hidden - lr * np.outer(d_hidden, X[i])
    b_hidden = b_hidden - lr * d_hidden


for epoch in range(500):
    for i in range(4):
        forward(i)
        back(i)
        update(i)
