import numpy as np


class LogisticModel:
    """softmax regression trained by gradient steps with weight decay alpha"""

    def __init__(self, n_features, n_classes, learning_rate=0.05, alpha=0.3):
        self.coef = np.zeros((n_features, n_classes))
        self.intercept = np.zeros(n_classes)
        self.learning_rate = learning_rate
        self.alpha = alpha
        self.n_updates = 0

    def scores(self, X):
        return X @ self.coef + self.intercept

    def objective(self, X, y):
        s = self.scores(X)
        log_norm = np.log(np.exp(s).sum(axis=1))
        return np.mean(log_norm - s[np.arange(len(y)), y]) + self.alpha * np.sum(self.coef ** 2) / 2

    def update(self, X, y):
        """one step on the batch"""
        s = self.scores(X)
        p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        Y = np.eye(len(self.intercept))[y]
        r = (p - Y) / len(y)
        self.coef -= self.learning_rate * (X.T @ r + self.alpha * self.coef)
        self.intercept -= self.learning_rate * r.sum(axis=0)
        self.n_updates += 1

    def score(self, X, y):
        return np.mean(self.scores(X).argmax(axis=1) == y)


def main():
    X = np.random.randn(60, 4)
    y = np.argmax(X[:, :3], axis=1)
    model = LogisticModel(4, 3, learning_rate=0.5, alpha=0.001)
    for _ in range(200):
        model.update(X, y)
    print(model.score(X, y), "after", model.n_updates, "updates")


main()
