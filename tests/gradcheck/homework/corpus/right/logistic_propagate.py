"""Logistic regression with a neural network mindset (exercise sheet 1)."""
import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def initialize_with_zeros(dim):
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b


def propagate(w, b, X, Y):
    """
    w: (features, 1), b: a number, X: (features, examples), Y: (1, examples)
    Returns (grads, cost), grads has dw and db.
    """
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    cost = (-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))

    dz = A - Y
    dw = (1 / m) * (X @ dz.T)
    db = (1 / m) * np.sum(dz)
    grads = {"dw": dw, "db": db}
    return grads, cost


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after iteration {i}: {cost:.6f}")
    return {"w": w, "b": b}, grads, costs


def predict(w, b, X):
    return (sigmoid(w.T @ X + b) > 0.5).astype(float)


if __name__ == "__main__":
    w, b = np.array([[1.0], [2.0]]), 1.5
    X = np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]])
    Y = np.array([[1, 1, 0]])
    params, grads, costs = optimize(w, b, X, Y, 100, 0.009)
    print(params, grads, costs)
