"""Logistic regression: the cost and its gradient are two functions of theta."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def costFunctionReg(theta, X, y, lam):
    m = len(y)
    h = sigmoid(X.dot(theta))
    penalty = lam / (2.0 * m) * np.sum(theta[1:] ** 2)
    return -(y.dot(np.log(h)) + (1 - y).dot(np.log(1 - h))) / m + penalty


def gradientReg(theta, X, y, lam):
    m = len(y)
    h = sigmoid(X.dot(theta))
    grad = X.T.dot(h - y) / m
    grad[1:] += lam / m * theta[1:]
    return grad
