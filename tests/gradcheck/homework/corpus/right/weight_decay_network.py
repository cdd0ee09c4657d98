import numpy as np


def sigma(z):
    return 1. / (1. + np.exp(-z))


class RegularizedNetwork:
    """
    Sigmoid network with weight decay.
    total cost = mean of cross entropies + lmbda/(2 n) * (sum of squared weights)
    n is the number of examples in the batch. Biases are not decayed.
    """

    def __init__(self, sizes, lmbda=0.7, learning_rate=0.3):
        self.sizes, self.lmbda, self.learning_rate = sizes, lmbda, learning_rate
        self.weights = [np.random.randn(j, k) / k ** 0.5 for j, k in zip(sizes[1:], sizes[:-1])]
        self.biases = [np.random.randn(j, 1) for j in sizes[1:]]

    def feedforward(self, x):
        a = x
        for w, b in zip(self.weights, self.biases):
            a = sigma(np.dot(w, a) + b)
        return a

    def total_cost(self, X, Y):
        n = X.shape[1]
        a = self.feedforward(X)
        data = -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / n
        decay = 0.5 * self.lmbda / n * sum((w ** 2).sum() for w in self.weights)
        return data + decay

    def backpropagation(self, X, Y):
        n = X.shape[1]
        a = [X]
        for w, b in zip(self.weights, self.biases):
            a.append(sigma(np.dot(w, a[-1]) + b))

        delta = a[-1] - Y
        nabla_w = [None for _ in self.weights]
        nabla_b = [None for _ in self.biases]
        for l in range(1, len(self.sizes)):
            nabla_w[-l] = np.dot(delta, a[-l - 1].T) / n
            nabla_w[-l] += self.lmbda / n * self.weights[-l]
            nabla_b[-l] = np.sum(delta, axis=1, keepdims=True) / n
            delta = np.dot(self.weights[-l].T, delta) * a[-l - 1] * (1 - a[-l - 1])
        return nabla_w, nabla_b

    def SGD(self, X, Y, epochs, batch):
        for e in range(epochs):
            order = np.random.permutation(X.shape[1])
            for s in range(0, len(order), batch):
                pick = order[s:s + batch]
                nw, nb = self.backpropagation(X[:, pick], Y[:, pick])
                self.weights = [w - self.learning_rate * g for w, g in zip(self.weights, nw)]
                self.biases = [b - self.learning_rate * g for b, g in zip(self.biases, nb)]
            print("epoch", e, "cost", self.total_cost(X, Y))
