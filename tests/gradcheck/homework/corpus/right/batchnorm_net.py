import numpy as np


class BatchNormNet:
    """affine, batch normalisation, tanh, affine, softmax. params: W1 gamma beta W2 b2 (no b1)."""

    eps = 1e-5

    def __init__(self, input_size, hidden_size, output_size):
        self.params = {
            "W1": np.random.randn(input_size, hidden_size) / np.sqrt(input_size),
            "gamma": np.ones(hidden_size),
            "beta": np.zeros(hidden_size),
            "W2": np.random.randn(hidden_size, output_size) / np.sqrt(hidden_size),
            "b2": np.zeros(output_size),
        }

    def _forward(self, x):
        p, c = self.params, {}
        u = x @ p["W1"]
        c["mu"] = u.mean(axis=0)
        c["std"] = np.sqrt(u.var(axis=0) + self.eps)
        c["xhat"] = (u - c["mu"]) / c["std"]
        c["h"] = np.tanh(p["gamma"] * c["xhat"] + p["beta"])
        s = c["h"] @ p["W2"] + p["b2"]
        s = s - s.max(axis=1, keepdims=True)
        c["logp"] = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        return c

    def loss(self, x, t):
        """t is one-hot"""
        return -np.sum(t * self._forward(x)["logp"]) / len(x)

    def gradient(self, x, t):
        p, c, m = self.params, self._forward(x), len(x)
        g = {}
        ds = (np.exp(c["logp"]) - t) / m
        g["W2"] = c["h"].T @ ds
        g["b2"] = ds.sum(axis=0)
        dv = (ds @ p["W2"].T) * (1 - c["h"] ** 2)
        g["gamma"] = np.sum(dv * c["xhat"], axis=0)
        g["beta"] = np.sum(dv, axis=0)
        dxhat = dv * p["gamma"]
        du = dxhat - dxhat.mean(axis=0) - c["xhat"] * np.mean(dxhat * c["xhat"], axis=0)
        g["W1"] = x.T @ (du / c["std"])
        return g
