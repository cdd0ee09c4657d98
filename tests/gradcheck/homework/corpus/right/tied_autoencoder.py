import numpy as np


class TiedAutoencoder:
    """
    One matrix for both ways: code = sigmoid(x M + h), copy = sigmoid(code M^T + v).
    There are no targets, the input is the target. brain = [M, [h, v]]
    """

    def __init__(self, visible, hidden):
        self.brain = [np.random.randn(visible, hidden) * 0.1, [np.zeros(hidden), np.zeros(visible)]]

    def rebuild(self, x):
        M, (h, v) = self.brain
        code = 1 / (1 + np.exp(-(x @ M + h)))
        copy = 1 / (1 + np.exp(-(code @ M.T + v)))
        return code, copy

    def surprise(self, x):
        """mean over rows of the cross-entropy between x (between 0 and 1) and its copy"""
        _, copy = self.rebuild(x)
        return -np.sum(x * np.log(copy) + (1 - x) * np.log(1 - copy)) / len(x)

    def slopes(self, x):
        M, _ = self.brain
        code, copy = self.rebuild(x)
        at_copy = (copy - x) / len(x)
        at_code = (at_copy @ M) * code * (1 - code)
        slope_M = x.T @ at_code + at_copy.T @ code
        return [slope_M, [at_code.sum(axis=0), at_copy.sum(axis=0)]]

    def dream(self, x, eta, nights):
        for _ in range(nights):
            gM, (gh, gv) = self.slopes(x)
            M, (h, v) = self.brain
            self.brain = [M - eta * gM, [h - eta * gh, v - eta * gv]]
