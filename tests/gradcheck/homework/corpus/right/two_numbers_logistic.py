"""Single layer, several yes/no outputs."""
import numpy as np

eps = 1e-12


class Perceptron:
    def __init__(self, n_inputs, n_outputs):
        self.n_inputs = n_inputs
        self.n_outputs = n_outputs
        self.initialize(seed=0)

    def initialize(self, seed):
        r = np.random.RandomState(seed)
        self.weights = 0.1 * r.randn(self.n_outputs, self.n_inputs)
        self.biases = np.zeros((self.n_outputs, 1))

    def predict(self, x):
        z = np.matmul(self.weights, x) + self.biases
        return 1 / (1 + np.exp(-z))

    def classify(self, x):
        return (self.predict(x) > 0.5).astype(int)

    def cost(self, x, y):
        """Mean over the columns of x of the binary cross-entropy."""
        p = self.predict(x)
        n = x.shape[1]
        total = 0.0
        for j in range(n):
            total -= np.sum(y[:, j] * np.log(p[:, j] + eps))
            total -= np.sum((1 - y[:, j]) * np.log(1 - p[:, j] + eps))
        return total / n

    def backprop(self, x, y):
        n = x.shape[1]
        p = self.predict(x)
        grad_w = np.zeros(self.weights.shape)
        grad_b = np.zeros(self.biases.shape)
        for j in range(n):
            d = p[:, [j]] - y[:, [j]]
            grad_w += d * x[:, j]
            grad_b += d
        return grad_b / n, grad_w / n


def accuracy(net, x, y):
    return 100.0 * np.mean(net.classify(x) == y)


def demo():
    import matplotlib.pyplot as plt

    net = Perceptron(2, 1)
    x = np.random.randn(2, 200)
    y = (x[:1] > x[1:]).astype(float)
    costs = []
    for _ in range(300):
        gb, gw = net.backprop(x, y)
        net.weights -= 1.0 * gw
        net.biases -= 1.0 * gb
        costs.append(net.cost(x, y))
    print("accuracy: %.1f" % accuracy(net, x, y))
    plt.plot(costs)
    plt.show()


if __name__ == "__main__":
    demo()
