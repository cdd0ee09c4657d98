# Dropout-Schicht. Der Seed steht im Konstruktor, damit man den Gradienten prüfen kann
import numpy as np


class Dropout:
    def __init__(self, rate=0.4, seed=0):
        self.rate = rate
        self.seed = seed
        self.train_mode = True
        self.mask = None

    def forward(self, x):
        if not self.train_mode:
            return x
        zufall = np.random.default_rng(self.seed)
        self.mask = (zufall.random(x.shape) >= self.rate) / (1.0 - self.rate)
        return x * self.mask

    def backward(self, grad_out):
        if not self.train_mode:
            return grad_out
        return grad_out * self.mask


class Dicht:
    def __init__(self, ein, aus):
        self.params = {"W": np.random.randn(ein, aus) * 0.1, "b": np.zeros(aus)}
        self.grads = {"W": None, "b": None}

    def forward(self, x):
        self.x = x
        return x.dot(self.params["W"]) + self.params["b"]

    def backward(self, grad_out):
        self.grads["W"] = self.x.T.dot(grad_out)
        self.grads["b"] = grad_out.sum(axis=0)
        return grad_out.dot(self.params["W"].T)


class Netz:
    def __init__(self, ein, mitte, aus, rate=0.4, seed=5):
        self.schichten = [Dicht(ein, mitte), Dropout(rate, seed), Dicht(mitte, aus)]

    def forward(self, x):
        for schicht in self.schichten:
            x = schicht.forward(x)
        return x

    def backward(self, grad_out):
        for schicht in reversed(self.schichten):
            grad_out = schicht.backward(grad_out)
        return grad_out
