"""Classes like the book's, with arrays and calls of their own kind."""

import numpy as np


def sigma(z):
    return 1 / (1 + np.exp(-z))


class LeavesAnything:
    """backward(y) after a forward pass; the gradients are left under free names."""

    def __init__(self, n_in, n_hidden, n_out):
        self.weights_in_hidden = np.random.randn(n_hidden, n_in)
        self.weights_hidden_out = np.random.randn(n_out, n_hidden)
        self.bias_hidden = np.zeros((n_hidden, 1))
        self.bias_out = np.zeros((n_out, 1))

    def forward(self, x):
        self.x = x
        self.hidden = sigma(self.weights_in_hidden @ x + self.bias_hidden)
        self.out = sigma(self.weights_hidden_out @ self.hidden + self.bias_out)
        return self.out

    def backward(self, y):
        delta = (self.out - y) * self.out * (1 - self.out)
        self.grad_weights_hidden_out = delta @ self.hidden.T
        self.grad_bias_out = delta.sum(axis=1, keepdims=True)
        delta = (self.weights_hidden_out.T @ delta) * self.hidden * (1 - self.hidden)
        self.grad_weights_in_hidden = delta @ self.x.T
        self.grad_bias_hidden = delta.sum(axis=1, keepdims=True)


class LeavesOld(LeavesAnything):
    """Wrong: the gradient of one array is never computed, and stays 0."""

    def backward(self, y):
        LeavesAnything.backward(self, y)
        self.grad_bias_hidden = np.zeros_like(self.bias_hidden)


class GivenOutput(LeavesAnything):
    """backward(x, y, output)."""

    def backward(self, x, y, output):
        self.x = x
        LeavesAnything.backward(self, y)
        return {
            "weights_hidden_out": self.grad_weights_hidden_out,
            "bias_out": self.grad_bias_out,
            "weights_in_hidden": self.grad_weights_in_hidden,
            "bias_hidden": self.grad_bias_hidden,
        }


class HoldsExamples:
    """The examples go into the constructor."""

    def __init__(self, X, y):
        self.X, self.y = X, y
        self.w1 = np.random.rand(X.shape[1], 5)
        self.w2 = np.random.rand(5, y.shape[1])

    def feedforward(self):
        self.layer1 = sigma(self.X @ self.w1)
        self.output = sigma(self.layer1 @ self.w2)
        return self.output

    def backprop(self):
        delta = (self.y - self.output) * self.output * (1 - self.output)
        down = (delta @ self.w2.T) * self.layer1 * (1 - self.layer1)
        self.w1 += self.X.T @ down
        self.w2 += self.layer1.T @ delta


class HoldsExamplesWrong(HoldsExamples):
    """Wrong: the error of the hidden layer goes back without its derivative."""

    def backprop(self):
        delta = (self.y - self.output) * self.output * (1 - self.output)
        down = delta @ self.w2.T
        self.w1 += self.X.T @ down
        self.w2 += self.layer1.T @ delta


class Nothing:
    """Trains nothing that its output depends on."""

    def __init__(self, n_in, n_hidden, n_out):
        self.w = np.random.randn(n_in, n_out)

    def forward(self, x):
        return x @ self.w

    def backward(self, x, y):
        return None
