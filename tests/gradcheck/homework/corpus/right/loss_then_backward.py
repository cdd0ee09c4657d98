"""A model whose loss(x, y) remembers what backward() needs; gradients stay in the layers."""

import numpy as np


class Linear:
    def __init__(self, fan_in, fan_out):
        self.weight = np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)
        self.bias = np.zeros((1, fan_out))

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, delta):
        self.grad_weight = self.x.T @ delta
        self.grad_bias = delta.sum(axis=0, keepdims=True)
        return delta @ self.weight.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, delta):
        return delta * (1 - self.out**2)


class Model:
    def __init__(self, n_in=6, n_hidden=5, n_out=4):
        self.layers = [Linear(n_in, n_hidden), Tanh(), Linear(n_hidden, n_out)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, y):
        scores = self.forward(x)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        self.y = y
        return -np.log(self.p[np.arange(len(y)), y]).mean()

    def backward(self):
        delta = self.p.copy()
        delta[np.arange(len(self.y)), self.y] -= 1
        delta /= len(self.y)
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
