"""A cost with its gradients as a function of two matrices; column 0 of each holds the biases."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def with_ones(a):
    return np.hstack([np.ones((a.shape[0], 1)), a])


def cost_and_gradients(Theta1, Theta2, input_size, hidden_size, n_labels, X, y, lam):
    m = X.shape[0]
    Y = np.zeros((m, n_labels))
    Y[np.arange(m), y.astype(int) - 1] = 1
    a1 = with_ones(X)
    a2 = with_ones(sigmoid(a1 @ Theta1.T))
    h = sigmoid(a2 @ Theta2.T)
    J = -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
    J += lam / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))
    d3 = h - Y
    d2 = (d3 @ Theta2 * a2 * (1 - a2))[:, 1:]
    Theta1_grad = d2.T @ a1 / m
    Theta2_grad = d3.T @ a2 / m
    Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return J, Theta1_grad, Theta2_grad
