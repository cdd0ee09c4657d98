"""Multiclass SVM on top of a hidden layer with softplus units."""
import numpy as np


def softplus(x):
    return np.logaddexp(0.0, x)


class HingeNet:
    def __init__(self, D, H, C, std=1e-1, margin=1.0):
        self.margin = margin
        self.params = {}
        self.params["W1"] = std * np.random.randn(D, H)
        self.params["b1"] = np.zeros((H,))
        self.params["W2"] = std * np.random.randn(H, C)
        self.params["b2"] = np.zeros((C,))

    def loss(self, x, y):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        n = x.shape[0]
        pre = x.dot(W1) + b1
        h = softplus(pre)
        s = h.dot(W2) + b2

        right = s[np.arange(n), y].reshape(n, 1)
        margins = s - right + self.margin
        margins[np.arange(n), y] = 0
        violated = margins > 0
        total = margins[violated].sum() / n

        ds = violated.astype(float)
        ds[np.arange(n), y] = -violated.sum(axis=1)
        ds = ds / n
        dh = ds.dot(W2.T)
        dpre = dh / (1.0 + np.exp(-pre))
        return total, {"W1": x.T.dot(dpre), "b1": dpre.sum(0), "W2": h.T.dot(ds), "b2": ds.sum(0)}

    def predict(self, x):
        h = softplus(x.dot(self.params["W1"]) + self.params["b1"])
        return np.argmax(h.dot(self.params["W2"]) + self.params["b2"], axis=1)
