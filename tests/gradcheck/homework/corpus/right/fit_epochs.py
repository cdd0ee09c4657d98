import numpy as np


class ANN:
    """Binary classifier: tanh hidden layer, sigmoid output, cross-entropy. fit() changes the weights."""

    def __init__(self, n_features, n_hidden, n_out=1, random_state=0):
        rs = np.random.RandomState(random_state)
        self.W1 = rs.randn(n_features, n_hidden) * np.sqrt(1 / n_features)
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = rs.randn(n_hidden, n_out) * np.sqrt(1 / n_hidden)
        self.b2 = np.zeros((1, n_out))
        self.history = []

    def predict_proba(self, X):
        self.A1 = np.tanh(X @ self.W1 + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.A1 @ self.W2 + self.b2)))
        return self.A2

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        p = self.predict_proba(X)
        return -np.mean(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p), axis=1))

    def fit(self, X, y, epochs=100, lr=0.1, verbose=False):
        m = X.shape[0]
        for epoch in range(epochs):
            self.predict_proba(X)
            dZ2 = (self.A2 - y) / m
            dW2 = self.A1.T @ dZ2
            db2 = np.sum(dZ2, axis=0, keepdims=True)
            dZ1 = dZ2 @ self.W2.T * (1 - self.A1 ** 2)
            dW1 = X.T @ dZ1
            db1 = np.sum(dZ1, axis=0, keepdims=True)

            self.W2 = self.W2 - lr * dW2
            self.b2 = self.b2 - lr * db2
            self.W1 = self.W1 - lr * dW1
            self.b1 = self.b1 - lr * db1
            if verbose and epoch % 10 == 0:
                print(f"epoch {epoch:4d}  loss {self.loss(X, y):.4f}")
                self.history.append(self.loss(X, y))
        return self


if __name__ == "__main__":
    X = np.random.randn(200, 2)
    y = (np.hypot(X[:, 0], X[:, 1]) < 1).astype(float).reshape(-1, 1)
    model = ANN(2, 10).fit(X, y, epochs=500, lr=1.0, verbose=True)
    print("train accuracy", (model.predict(X) == y).mean())
