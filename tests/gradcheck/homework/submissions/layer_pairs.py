"""Layers as pairs of functions, in many ways of writing them."""

import numpy as np


def forward_affine(inputs, matrix, offset):
    return inputs.reshape(len(inputs), -1) @ matrix + offset, (inputs, matrix)


def backward_affine(dout, cache):
    inputs, matrix = cache
    d_inputs = (dout @ matrix.T).reshape(inputs.shape)
    return d_inputs, inputs.reshape(len(inputs), -1).T @ dout, dout.sum(axis=0)


def relu(x):
    return np.maximum(x, 0)


def drelu(dout, x):
    return dout * (x > 0)


def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    return A, Z


def sigmoid_backward(dA, cache):
    s = 1 / (1 + np.exp(-cache))
    return dA * s * (1 - s)


def tanh(x):
    out = np.tanh(x)
    return out


def tanh_backward(dout, out):
    return dout * (1 - out**2)


def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db


def softplus(x):
    return np.log1p(np.exp(x))


def softplus_prime(x):
    return 1 / (1 + np.exp(-x))


def logistic(x):
    return 1 / (1 + np.exp(-x))


def logistic_derivative(a):
    return a * (1 - a)


def scale_forward(x, gamma, beta):
    return gamma * x + beta, (x, gamma)


def scale_backward(dout, cache):
    x, gamma = cache
    grads = {"gamma": np.sum(dout * x, axis=0), "beta": np.sum(dout, axis=0), "x": dout * gamma}
    return grads


def dense_forward(x, w, b):
    return x @ w + b


def dense_backward(grad, x, w, b):
    db = grad.sum(axis=0)
    dw = x.T @ grad
    dx = grad @ w.T
    return db, dw, dx


def dropout_forward(x, keep_prob):
    mask = np.random.rand(*x.shape) < keep_prob
    return x * mask / keep_prob, (mask, keep_prob)


def dropout_backward(dout, cache):
    mask, keep_prob = cache
    return dout * mask / keep_prob


def word_embedding_forward(x, W):
    return W[x], (x, W.shape)


def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    np.add.at(dW, x, dout)
    return dW


def rnn_cell_forward(xt, a_prev, parameters):
    a_next = np.tanh(parameters["Wax"] @ xt + parameters["Waa"] @ a_prev + parameters["ba"])
    yt_pred = parameters["Wya"] @ a_next + parameters["by"]
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (1 - a_next**2) * da_next
    return {
        "dxt": parameters["Wax"].T @ dz,
        "da_prev": parameters["Waa"].T @ dz,
        "dWax": dz @ xt.T,
        "dWaa": dz @ a_prev.T,
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


def conv_forward(A_prev, W, b, hparameters):
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, rows, columns, _ = A_prev.shape
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    height, width = (rows - f + 2 * pad) // stride + 1, (columns - f + 2 * pad) // stride + 1
    Z = np.zeros((m, height, width, W.shape[3]))
    for i in range(height):
        for j in range(width):
            part = padded[:, i * stride : i * stride + f, j * stride : j * stride + f, :]
            Z[:, i, j] = np.tensordot(part, W, 3) + b[0, 0, 0]
    return Z, (A_prev, W, b, hparameters)


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    d_padded, dW = np.zeros_like(padded), np.zeros_like(W)
    for i in range(dZ.shape[1]):
        for j in range(dZ.shape[2]):
            rows, columns = slice(i * stride, i * stride + f), slice(j * stride, j * stride + f)
            d_padded[:, rows, columns] += np.tensordot(dZ[:, i, j], W, ((1,), (3,)))
            dW += np.tensordot(padded[:, rows, columns], dZ[:, i, j], ((0,), (0,)))
    dA_prev = d_padded[:, pad:-pad, pad:-pad]
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2)).reshape(b.shape)


def max_pool_forward(x, pool_param):
    high, wide, step = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    rows, columns = (x.shape[2] - high) // step + 1, (x.shape[3] - wide) // step + 1
    out = np.zeros((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[:, :, i * step : i * step + high, j * step : j * step + wide]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward(dout, cache):
    x, pool_param = cache
    high, wide, step = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            there = np.s_[:, :, i * step : i * step + high, j * step : j * step + wide]
            mask = x[there] == x[there].max(axis=(2, 3), keepdims=True)
            dx[there] += mask * dout[:, :, i : i + 1, j : j + 1]
    return dx


def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for x, right in zip(X, y):
        scores = x @ W
        for k in range(W.shape[1]):
            margin = scores[k] - scores[right] + 1
            if k != right and margin > 0:
                loss += margin / len(X)
                dW[:, k] += x / len(X)
                dW[:, right] -= x / len(X)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


def temporal_softmax_loss(x, y, mask, verbose=False):
    e = np.exp(x - x.max(axis=2, keepdims=True))
    p = e / e.sum(axis=2, keepdims=True)
    n, t = np.indices(y.shape)
    loss = -np.sum(mask * np.log(p[n, t, y])) / len(x)
    dx = p.copy()
    dx[n, t, y] -= 1
    return loss, dx * mask[:, :, None] / len(x)


def mse(y_pred, y):
    return np.mean((y_pred - y) ** 2)


def mse_grad(y_pred, y):
    return 2 * (y_pred - y) / y.size
