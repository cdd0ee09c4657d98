# ordinary least squares by gradient descent (first week)
import numpy as np


class LinearRegressionGD:
    def __init__(self, n_features):
        self.n_features = n_features
        self.theta = np.random.randn(n_features, 1)
        self.theta0 = np.zeros((1, 1))

    def predict(self, X):
        return X.dot(self.theta) + self.theta0

    def cost(self, X, y):
        m = len(y)
        return np.sum((self.predict(X) - y.reshape(-1, 1)) ** 2) / (2 * m)

    def gradient_descent_step(self, X, y, alpha=0.01):
        m = len(y)
        residual = self.predict(X) - y.reshape(-1, 1)
        new_theta = self.theta - alpha / m * X.T.dot(residual)
        new_theta0 = self.theta0 - alpha / m * residual.sum()
        # simultaneous update!
        self.theta, self.theta0 = new_theta, new_theta0

    def fit(self, X, y, alpha=0.01, n_steps=1000):
        costs = []
        for _ in range(n_steps):
            self.gradient_descent_step(X, y, alpha)
            costs.append(self.cost(X, y))
        return costs


def plot_costs(costs):
    import matplotlib.pyplot as plt

    plt.semilogy(costs)
    plt.xlabel("step")
    plt.show()


if __name__ == "__main__":
    X = np.random.rand(100, 2)
    y = 4 + X @ np.array([3.0, -2.0])
    model = LinearRegressionGD(2)
    costs = model.fit(X, y, alpha=0.5)
    print("theta =", model.theta.ravel(), "theta0 =", model.theta0.ravel())
    plot_costs(costs)
