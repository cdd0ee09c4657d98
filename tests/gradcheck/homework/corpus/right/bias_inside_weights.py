# the bias is the last row of every weight matrix (trick from the exercise class)
import numpy as np


def with_ones(a):
    return np.c_[a, np.ones(len(a))]


class Network:
    def __init__(self, sizes, seed=None):
        if seed is not None:
            np.random.seed(seed)
        self.sizes = sizes
        self.weights = []
        for i in range(len(sizes) - 1):
            self.weights.append(np.random.randn(sizes[i] + 1, sizes[i + 1]) / np.sqrt(sizes[i]))

    def forward(self, x):
        self.a = [with_ones(x)]
        for i, w in enumerate(self.weights):
            z = self.a[-1] @ w
            if i + 1 < len(self.weights):
                self.a.append(with_ones(1 / (1 + np.exp(-z))))
        return z

    def cost(self, x, y):
        return np.abs(np.log(np.cosh(self.forward(x) - y))).sum()

    def backprop(self, x, y):
        out = self.forward(x)
        delta = np.tanh(out - y)
        grads = []
        for w, a in zip(reversed(self.weights), reversed(self.a)):
            grads.append(a.T @ delta)
            slope = a[:, :-1] * (1 - a[:, :-1])
            delta = (delta @ w[:-1].T) * slope
        return grads[::-1]


if __name__ == "__main__":
    net = Network([1, 6, 1], seed=4)
    x = np.linspace(0, 1, 40)[:, None]
    for i in range(3000):
        for w, g in zip(net.weights, net.backprop(x, x ** 2)):
            w -= 0.02 * g
    print(net.cost(x, x ** 2))
