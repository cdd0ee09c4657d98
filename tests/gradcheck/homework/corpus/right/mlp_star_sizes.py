import numpy as np


class MLP(object):
    # usage: MLP(4, 10, 10, 3)
    def __init__(self, *sizes, seed=None):
        rng = np.random.default_rng(seed)
        self.L = len(sizes) - 1
        self.W, self.b = [], []
        for l in range(self.L):
            fan_in = sizes[l]
            self.W.append(rng.normal(0.0, np.sqrt(1.0 / fan_in), (sizes[l + 1], fan_in)))
            self.b.append(np.zeros((sizes[l + 1], 1)))

    def forward(self, X, keep=False):
        """X has one example per column."""
        A = [X]
        for l in range(self.L):
            Z = np.dot(self.W[l], A[l]) + self.b[l]
            A.append(np.tanh(Z) if l < self.L - 1 else Z)  # the last layer is linear
        return A if keep else A[-1]

    def cost(self, X, Y):
        m = X.shape[1]
        return np.sum((self.forward(X) - Y) ** 2) / (2 * m)

    def back_prop(self, X, Y):
        m = X.shape[1]
        A = self.forward(X, keep=True)
        dW, db = [], []
        delta = (A[-1] - Y) / m
        for l in reversed(range(self.L)):
            dW.insert(0, np.dot(delta, A[l].T))
            db.insert(0, delta.sum(axis=1, keepdims=True))
            if l > 0:
                delta = np.dot(self.W[l].T, delta)
                delta = delta * (1 - A[l] ** 2)
        return dW, db

    def gd_step(self, X, Y, lr=0.1):
        dW, db = self.back_prop(X, Y)
        for l in range(self.L):
            self.W[l] -= lr * dW[l]
            self.b[l] -= lr * db[l]


if __name__ == "__main__":
    X = np.linspace(-3, 3, 50).reshape(1, -1)
    Y = np.sin(X)
    net = MLP(1, 20, 1, seed=3)
    for it in range(3000):
        net.gd_step(X, Y)
        if it % 500 == 0:
            print(it, net.cost(X, Y))
