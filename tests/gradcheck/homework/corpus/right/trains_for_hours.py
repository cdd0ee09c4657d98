"""spiral data, my best run took 3 hours"""
import numpy as np
import sys


class TwoLayer:
    def __init__(self, D, H, C, reg=1e-2):
        self.reg = reg
        self.params = {"W1": 0.1 * np.random.randn(D, H), "b1": np.zeros((1, H)),
                       "W2": 0.1 * np.random.randn(H, C), "b2": np.zeros((1, C))}

    def loss(self, X, y):
        """returns data loss + regularization loss, and the gradients of the sum"""
        p = self.params
        H = np.maximum(0, X @ p["W1"] + p["b1"])
        S = H @ p["W2"] + p["b2"]
        E = np.exp(S - S.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        data_loss = -np.log(P[range(len(X)), y]).mean()
        reg_loss = 0.5 * self.reg * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))

        dS = P
        dS[range(len(X)), y] -= 1
        dS /= len(X)
        dH = dS @ p["W2"].T
        dH[H <= 0] = 0
        return data_loss + reg_loss, {
            "W1": X.T @ dH + self.reg * p["W1"],
            "b1": dH.sum(axis=0, keepdims=True),
            "W2": H.T @ dS + self.reg * p["W2"],
            "b2": dS.sum(axis=0, keepdims=True),
        }


def spiral(points, classes):
    X, y = np.zeros((points * classes, 2)), np.zeros(points * classes, dtype=int)
    for j in range(classes):
        r = np.linspace(0.0, 1, points)
        t = np.linspace(j * 4, (j + 1) * 4, points) + np.random.randn(points) * 0.2
        rows = range(points * j, points * (j + 1))
        X[rows], y[rows] = np.c_[r * np.sin(t), r * np.cos(t)], j
    return X, y


X, y = spiral(1000, 3)
model = TwoLayer(2, 500, 3)
for i in range(2000000):
    value, grads = model.loss(X, y)
    for k in grads:
        model.params[k] -= 0.5 * grads[k]
    if i % 1000 == 0:
        sys.stdout.write("\r%d %f" % (i, value))
np.savez("spiral_weights.npz", **model.params)
