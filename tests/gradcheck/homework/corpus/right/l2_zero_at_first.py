"""A classifier whose strengths of regularisation are 0 where the constructor gets none."""

import numpy as np


class Classifier:
    def __init__(self, n_features, n_hidden, n_classes, l2=0.0, l1=0.0, seed=0):
        rng = np.random.default_rng(seed)
        self.w1 = rng.normal(0, 0.5, (n_features, n_hidden))
        self.b1 = np.zeros(n_hidden)
        self.w2 = rng.normal(0, 0.5, (n_hidden, n_classes))
        self.b2 = np.zeros(n_classes)
        self.l2 = l2
        self.l1 = l1

    def _forward(self, X):
        a1 = np.tanh(X @ self.w1 + self.b1)
        e = np.exp(a1 @ self.w2 + self.b2)
        return a1, e / e.sum(axis=1, keepdims=True)

    def _cost(self, X, y):
        p = self._forward(X)[-1]
        cost = -np.log(p[np.arange(len(y)), y]).mean()
        cost += 0.5 * self.l2 * (np.sum(self.w1**2) + np.sum(self.w2**2))
        return cost + self.l1 * (np.abs(self.w1).sum() + np.abs(self.w2).sum())

    def _gradient(self, X, y):
        a1, p = self._forward(X)
        d2 = p.copy()
        d2[np.arange(len(y)), y] -= 1
        d2 /= len(y)
        d1 = d2 @ self.w2.T * (1 - a1**2)
        g_w2 = a1.T @ d2 + self.l2 * self.w2 + self.l1 * np.sign(self.w2)
        g_w1 = X.T @ d1 + self.l2 * self.w1 + self.l1 * np.sign(self.w1)
        return g_w1, d1.sum(axis=0), g_w2, d2.sum(axis=0)
