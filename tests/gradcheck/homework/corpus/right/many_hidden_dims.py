import numpy as np


class FullyConnectedNet:
    """An arbitrary number of hidden layers with leaky relu, L2 penalty reg on all weights."""

    def __init__(self, hidden_dims, input_dim=6, num_classes=3, reg=0.05, slope=0.1, seed=231):
        rng = np.random.default_rng(seed)
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        self.num_layers = len(dims) - 1
        self.reg = reg
        self.slope = slope
        self.params = {}
        for i in range(self.num_layers):
            self.params[f"W{i + 1}"] = rng.standard_normal((dims[i], dims[i + 1])) * 0.3
            self.params[f"b{i + 1}"] = np.zeros(dims[i + 1])

    def loss(self, X, y):
        caches = []
        out = X
        for i in range(1, self.num_layers + 1):
            inp = out
            pre = inp @ self.params[f"W{i}"] + self.params[f"b{i}"]
            out = pre if i == self.num_layers else np.where(pre > 0, pre, self.slope * pre)
            caches.append((inp, pre))

        loss, dout = self._softmax_loss(out, y)
        grads = {}
        for i in range(self.num_layers, 0, -1):
            inp, pre = caches[i - 1]
            if i < self.num_layers:
                dout = dout * np.where(pre > 0, 1.0, self.slope)
            W = self.params[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(W ** 2)
            grads[f"W{i}"] = inp.T @ dout + self.reg * W
            grads[f"b{i}"] = np.sum(dout, axis=0)
            dout = dout @ W.T
        return loss, grads

    def _softmax_loss(self, scores, y):
        n = scores.shape[0]
        z = scores - np.max(scores, axis=1, keepdims=True)
        lse = np.log(np.sum(np.exp(z), axis=1))
        loss = np.mean(lse - z[np.arange(n), y])
        d = np.exp(z - lse[:, None])
        d[np.arange(n), y] -= 1
        return loss, d / n
