from random import seed
import numpy as np


class NN:
    # n = NN([2, 3, 1]); n.train(x, y, eta)
    def __init__(self, shape):
        self.shape = shape
        self.weights = [np.random.rand(a, b) * 2 - 1 for a, b in zip(shape, shape[1:])]
        self.biases = [np.random.rand(b) * 2 - 1 for b in shape[1:]]

    def f(self, v):
        return np.tanh(v)

    def df(self, out):
        # derivative, written with the OUTPUT of f
        return 1 - out * out

    def run(self, x):
        for w, b in zip(self.weights, self.biases):
            x = self.f(x.dot(w) + b)
        return x

    def mse(self, x, y):
        return np.square(self.run(x) - y).mean()

    def train(self, x, y, eta):
        layers = [x]
        for w, b in zip(self.weights, self.biases):
            layers.append(self.f(layers[-1].dot(w) + b))
        error = layers[-1] - y
        delta = 2 * error * self.df(layers[-1]) / y.size
        for i in range(len(self.weights) - 1, -1, -1):
            below = delta.dot(self.weights[i].T) * self.df(layers[i])
            self.weights[i] -= eta * layers[i].T.dot(delta)
            self.biases[i] -= eta * delta.sum(axis=0)
            delta = below
        return np.square(error).mean()


if __name__ == "__main__":
    seed(0)
    n = NN([2, 8, 1])
    x = np.array([[0., 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0.], [1], [1], [0]])
    for i in range(5000):
        e = n.train(x, y, 0.5)
        if not i % 1000:
            print(i, e)
