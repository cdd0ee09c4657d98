import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """One step of a vanilla recurrent net with tanh. x: (N, D), prev_h: (N, H)"""
    next_h = np.tanh(prev_h.dot(Wh) + x.dot(Wx) + b)
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    draw = (1.0 - next_h * next_h) * dnext_h
    dx, dprev_h = draw.dot(Wx.T), draw.dot(Wh.T)
    dWx, dWh = x.T.dot(draw), prev_h.T.dot(draw)
    db = draw.sum(axis=0)
    return dx, dprev_h, dWx, dWh, db


def rnn_forward(x, h0, Wx, Wh, b):
    """x: (N, T, D)"""
    h, caches, states = h0, [], []
    for t in range(x.shape[1]):
        h, cache = rnn_step_forward(x[:, t, :], h, Wx, Wh, b)
        caches.append(cache)
        states.append(h)
    return np.stack(states, axis=1), caches


def rnn_backward(dh, caches):
    N, T, H = dh.shape
    D = caches[0][0].shape[1]
    dx = np.empty((N, T, D))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    carry = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dx[:, t], carry, a, c, d = rnn_step_backward(dh[:, t] + carry, caches[t])
        dWx += a
        dWh += c
        db += d
    return dx, carry, dWx, dWh, db
