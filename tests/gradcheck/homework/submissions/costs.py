"""Costs that are named by a string, or take the targets first."""

import numpy as np
from book import Network as Book
from book import sigmoid


class TargetsFirst(Book):
    """Softmax and the log-likelihood, as a method of targets and output."""

    def feedforward(self, a):
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            a = sigmoid(w @ a + b)
        return softmax(self.weights[-1] @ a + self.biases[-1])

    def loss(self, y_true, y_pred):
        return -np.sum(y_true * np.log(np.clip(y_pred, 1e-12, 1.0)))

    def backprop(self, x, y):
        activations = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            activations.append(sigmoid(w @ activations[-1] + b))
        return self.passed_back(activations, self.feedforward(x) - y)

    def passed_back(self, activations, delta):
        nabla_b, nabla_w = [delta], [delta @ activations[-1].T]
        for w, up, down in zip(self.weights[:0:-1], activations[-2::-1], activations[:0:-1]):
            delta = (w.T @ delta) * down * (1 - down)
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ up.T)
        return nabla_b, nabla_w


class YBeforeA(TargetsFirst):
    loss = None

    def cost(self, y, a):
        return -np.sum(y * np.log(np.clip(a, 1e-12, 1.0)))


class Categorical(TargetsFirst):
    loss = "categorical_crossentropy"


class SoftmaxCrossEntropy(TargetsFirst):
    """Its cross-entropy may be either; the gradients tell."""

    loss = "cross_entropy"


class BinaryByLetters(TargetsFirst):
    loss = "bce"

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigmoid(w @ a + b)
        return a


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)
