import numpy as np


class PlusMinusNet:
    """
    Labels are +1 and -1. loss = mean of log(1 + exp(-y * score)) + l1 * |W| + l2 * W^2,
    where the penalties are for both weight matrices.
    """

    def __init__(self, n_features, n_hidden, n_scores, l1=0.05, l2=0.1):
        self.l1, self.l2 = l1, l2
        gen = np.random.Generator(np.random.PCG64(99))
        self.params = {
            "W1": gen.uniform(-1, 1, (n_features, n_hidden)),
            "b1": gen.uniform(-1, 1, n_hidden),
            "W2": gen.uniform(-1, 1, (n_hidden, n_scores)),
            "b2": gen.uniform(-1, 1, n_scores),
        }

    def penalty(self):
        W = np.concatenate([self.params["W1"].ravel(), self.params["W2"].ravel()])
        return self.l1 * np.abs(W).sum() + self.l2 * np.dot(W, W)

    def score(self, x):
        self.h = np.tanh(x @ self.params["W1"] + self.params["b1"])
        return self.h @ self.params["W2"] + self.params["b2"]

    def loss(self, x, y):
        return np.logaddexp(0, -y * self.score(x)).mean() + self.penalty()

    def gradient(self, x, y):
        s = self.score(x)
        ds = -y / (1 + np.exp(y * s)) / s.size
        dz = (ds @ self.params["W2"].T) * (1 - self.h ** 2)
        grads = {"W1": x.T @ dz, "b1": dz.sum(0), "W2": self.h.T @ ds, "b2": ds.sum(0)}
        for k in ("W1", "W2"):
            grads[k] += self.l1 * np.sign(self.params[k])
            grads[k] += 2 * self.l2 * self.params[k]
        return grads
