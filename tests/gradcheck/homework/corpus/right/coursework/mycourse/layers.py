import numpy as np

__all__ = ["Dense", "Tanh", "Relu", "softmax_cross_entropy", "he"]


def he(n_in, n_out):
    return np.random.randn(n_in, n_out) * np.sqrt(2.0 / n_in)


class Dense:
    def __init__(self, n_in, n_out):
        self.params = {"w": he(n_in, n_out), "b": np.zeros(n_out)}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.params["w"] + self.params["b"]

    def backward(self, grad):
        self.grads["w"] = self.x.T @ grad
        self.grads["b"] = np.sum(grad, axis=0)
        return grad @ self.params["w"].T


class Tanh:
    params, grads = {}, {}

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y ** 2)


class Relu:
    params, grads = {}, {}

    def forward(self, x):
        self.positive = x > 0
        return np.where(self.positive, x, 0.0)

    def backward(self, grad):
        return np.where(self.positive, grad, 0.0)


def softmax_cross_entropy(scores, labels):
    """(mean loss, gradient of the scores)"""
    n = len(scores)
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), labels]).mean()
    p[np.arange(n), labels] -= 1
    return loss, p / n
