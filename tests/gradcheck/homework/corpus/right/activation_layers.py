import numpy as np


class Activation:
    """parent of all, must know forward and backward"""

    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


class Swish(Activation):
    def forward(self, x):
        self.x = x
        self.sig = 1 / (1 + np.exp(-x))
        return x * self.sig

    def backward(self, grad):
        return grad * (self.sig + self.x * self.sig * (1 - self.sig))


class Softsign(Activation):
    def forward(self, x):
        self.denominator = 1 + np.abs(x)
        return x / self.denominator

    def backward(self, grad):
        return grad / self.denominator ** 2


class Softmax(Activation):
    """along the last axis, with the full Jacobian"""

    def forward(self, x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        self.p = e / e.sum(axis=-1, keepdims=True)
        return self.p

    def backward(self, grad):
        dot = np.sum(grad * self.p, axis=-1, keepdims=True)
        return self.p * (grad - dot)


class PReLU(Activation):
    """the slope is learned, one number for each feature"""

    def __init__(self, n):
        self.slope = np.full(n, 0.25)
        self.dslope = np.zeros(n)

    def forward(self, x):
        self.x = x
        return np.where(x >= 0, x, self.slope * x)

    def backward(self, grad):
        self.dslope = np.sum(grad * np.where(self.x < 0, self.x, 0), axis=0)
        return grad * np.where(self.x >= 0, 1, self.slope)


class Stack(Activation):
    def __init__(self, n=4):
        self.layers = [Swish(), PReLU(n), Softsign(), Softmax()]

    def forward(self, x):
        for l in self.layers:
            x = l.forward(x)
        return x

    def backward(self, grad):
        for l in reversed(self.layers):
            grad = l.backward(grad)
        return grad


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    t = np.linspace(-4, 4, 200)
    for a in (Swish(), Softsign()):
        plt.plot(t, a.forward(t), label=type(a).__name__)
    plt.legend()
    plt.show()
