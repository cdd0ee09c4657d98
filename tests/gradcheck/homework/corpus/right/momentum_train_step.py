import numpy as np


class MomentumNet:
    """train_step uses momentum; the very first step is a plain gradient step"""

    def __init__(self, n_in, n_hidden, n_out, lr=0.05, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.w1 = np.random.randn(n_in, n_hidden) * 0.4
        self.w2 = np.random.randn(n_hidden, n_out) * 0.4
        self.c1 = np.zeros(n_hidden)
        self.c2 = np.zeros(n_out)
        self.velocity = {"w1": 0.0, "w2": 0.0, "c1": 0.0, "c2": 0.0}

    def output(self, x):
        return np.tanh(x @ self.w1 + self.c1) @ self.w2 + self.c2

    def error(self, x, y):
        return ((self.output(x) - y) ** 2).sum() / (2 * len(x))

    def train_step(self, x, y):
        h = np.tanh(x @ self.w1 + self.c1)
        d_out = (h @ self.w2 + self.c2 - y) / len(x)
        d_h = d_out @ self.w2.T * (1 - h * h)
        slopes = {"w1": x.T @ d_h, "c1": d_h.sum(0), "w2": h.T @ d_out, "c2": d_out.sum(0)}
        for name, slope in slopes.items():
            self.velocity[name] = self.momentum * self.velocity[name] - self.lr * slope
            setattr(self, name, getattr(self, name) + self.velocity[name])


if __name__ == "__main__":
    net = MomentumNet(1, 12, 1)
    x = np.linspace(-1, 1, 50)[:, None]
    for epoch in range(1, 2001):
        net.train_step(x, x ** 3 - x)
        if epoch % 500 == 0:
            print("epoch %d error %.6f" % (epoch, net.error(x, x ** 3 - x)))
