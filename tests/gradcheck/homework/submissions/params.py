"""Classes with a dict of parameters, right and wrong."""

import numpy as np


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class TwoLayerNet:
    """loss gives the number, gradient the dict; one-hot targets."""

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def predict(self, x):
        hidden = 1 / (1 + np.exp(-(x @ self.params["W1"] + self.params["b1"])))
        return softmax(hidden @ self.params["W2"] + self.params["b2"])

    def loss(self, x, t):
        return -np.sum(t * np.log(self.predict(x))) / len(x)

    def error(self, x, t):
        return (self.predict(x) - t) / len(x)

    def gradient(self, x, t):
        hidden = 1 / (1 + np.exp(-(x @ self.params["W1"] + self.params["b1"])))
        d_scores = self.error(x, t)
        d_hidden = d_scores @ self.params["W2"].T * hidden * (1 - hidden)
        return {
            "W1": x.T @ d_hidden,
            "b1": d_hidden.sum(axis=0),
            "W2": hidden.T @ d_scores,
            "b2": d_scores.sum(axis=0),
        }


class SignFlipped(TwoLayerNet):
    def error(self, x, t):
        return (t - self.predict(x)) / len(x)


class NotDivided(TwoLayerNet):
    def error(self, x, t):
        return self.predict(x) - t


class BiasMissing(TwoLayerNet):
    def gradient(self, x, t):
        gradients = super().gradient(x, t)
        del gradients["b2"]
        return gradients


class FullyConnectedNet:
    """loss returns the number and the dict; class numbers; regularisation; ReLU."""

    def __init__(
        self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, weight_scale=1e-2, dtype=np.float32
    ):
        self.params, self.dtype = {}, dtype
        dims = [input_dim, *hidden_dims, num_classes]
        self.layers = len(dims) - 1
        for i in range(self.layers):
            self.params[f"W{i + 1}"] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params[f"b{i + 1}"] = np.zeros(dims[i + 1])
        self.params = {name: array.astype(dtype) for name, array in self.params.items()}

    def loss(self, X, y=None, reg=0.0):
        a, caches = X.astype(self.dtype), []
        for i in range(1, self.layers + 1):
            z = a @ self.params[f"W{i}"] + self.params[f"b{i}"]
            caches.append((a, z))
            a = np.maximum(z, 0) if i < self.layers else z
        if y is None:
            return a
        m = len(X)
        p = softmax(a)
        loss = -np.log(p[np.arange(m), y]).mean()
        d = p.copy()
        d[np.arange(m), y] -= 1
        d /= m
        gradients = {}
        for i in range(self.layers, 0, -1):
            a, z = caches[i - 1]
            if i < self.layers:
                d = d * (z > 0)
            W = self.params[f"W{i}"]
            loss += 0.5 * reg * np.sum(W * W)
            gradients[f"W{i}"] = a.T @ d + self.strength(reg) * W
            gradients[f"b{i}"] = d.sum(axis=0)
            d = d @ W.T
        return loss, gradients

    def strength(self, reg):
        return reg


class RegularisationForgotten(FullyConnectedNet):
    def strength(self, reg):
        return 0.0


class RegularisationDoubled(FullyConnectedNet):
    def strength(self, reg):
        return 2 * reg


class DropoutNet(FullyConnectedNet):
    """Draws a mask in each call, from NumPy's generator."""

    def loss(self, X, y=None, reg=0.0):
        mask = (np.random.rand(*X.shape) < 0.5) / 0.5
        return super().loss(X * mask, y, reg)
