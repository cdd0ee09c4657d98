import numpy as np


def act(name, z):
    if name == "relu":
        return np.where(z > 0, z, 0.0)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "linear":
        return z
    raise ValueError("unknown activation: " + name)


def act_prime(name, z):
    if name == "relu":
        return (z > 0) * 1.0
    if name == "tanh":
        return 1 / np.cosh(z) ** 2
    if name == "sigmoid":
        s = act("sigmoid", z)
        return s - s * s
    return np.ones(z.shape)


class Net:
    """Every layer has an activation of its own: Net([6, 5, 4, 3], ["relu", "tanh", "sigmoid"])."""

    def __init__(self, sizes, activations=None, verbose=False):
        if activations is None:
            activations = ["tanh"] * (len(sizes) - 2) + ["sigmoid"]
        assert len(activations) == len(sizes) - 1
        self.activations = activations
        self.verbose = verbose
        self.weights = [0.3 * np.random.randn(o, i) for i, o in zip(sizes, sizes[1:])]
        self.biases = [0.3 * np.random.randn(o, 1) for o in sizes[1:]]

    def forward(self, x):
        self.a = [x]
        self.z = []
        for w, b, name in zip(self.weights, self.biases, self.activations):
            self.z.append(w @ self.a[-1] + b)
            self.a.append(act(name, self.z[-1]))
        return self.a[-1]

    def cost(self, x, y):
        return np.mean((self.forward(x) - y) ** 2)      # over examples AND outputs

    def backward(self, y):
        """Call forward first! Returns the lists (dw, db)."""
        dw, db = [None] * len(self.weights), [None] * len(self.weights)
        g = 2 * (self.a[-1] - y) / y.size
        for i in range(len(self.weights) - 1, -1, -1):
            g = g * act_prime(self.activations[i], self.z[i])
            dw[i] = g @ self.a[i].T
            db[i] = g @ np.ones((g.shape[1], 1))
            g = self.weights[i].T @ g
        if self.verbose:
            print("largest dw:", [abs(d).max() for d in dw])
        return dw, db


if __name__ == "__main__":
    n = Net([3, 7, 2], ["relu", "linear"], verbose=True)
    x, y = np.random.rand(3, 20), np.random.rand(2, 20)
    for t in range(10):
        n.forward(x)
        dw, db = n.backward(y)
        n.weights = [w - 0.1 * d for w, d in zip(n.weights, dw)]
        n.biases = [b - 0.1 * d for b, d in zip(n.biases, db)]
    print(n.cost(x, y))
