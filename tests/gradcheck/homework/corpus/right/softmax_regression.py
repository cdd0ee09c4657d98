import numpy as np
import csv  # for reading the data at home


class SoftmaxRegression:
    """Multinomial logistic regression. One weight matrix W (features x classes) and b."""

    def __init__(self, n_features, n_classes, reg=0.1):
        self.reg = reg
        self.params = dict(W=0.01 * np.random.randn(n_features, n_classes), b=np.zeros((1, n_classes)))

    def proba(self, X):
        logits = X @ self.params["W"] + self.params["b"]
        logits = logits - logits.max(1, keepdims=True)
        E = np.exp(logits)
        return E / E.sum(1, keepdims=True)

    def loss(self, X, y):
        n = len(X)
        P = self.proba(X)
        picked = P[np.arange(n), y]
        penalty = self.reg * np.square(self.params["W"]).sum()   # without the half
        cost = -np.log(picked).mean() + penalty

        T = np.zeros_like(P)
        T[np.arange(n), y] = 1
        G = (P - T) / n
        grads = {
            "W": X.T @ G + 2 * self.reg * self.params["W"],
            "b": G.sum(0, keepdims=True),
        }
        return cost, grads


def train(model, X, y, steps=200, lr=0.5):
    history = []
    for s in range(steps):
        cost, grads = model.loss(X, y)
        for name in model.params:
            model.params[name] -= lr * grads[name]
        history.append(cost)
    return history


if __name__ == "__main__":
    from matplotlib import pyplot as plt

    X = np.vstack([np.random.randn(30, 2) + c for c in ([0, 3], [3, 0], [-3, -3])])
    y = np.repeat([0, 1, 2], 30)
    plt.plot(train(SoftmaxRegression(2, 3), X, y))
    plt.show()
