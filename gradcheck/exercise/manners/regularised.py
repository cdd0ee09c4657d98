"""A class with a dict of parameters and a regularised loss. Every example is a row.

The hidden layer has ReLU, the output layer has softmax. The loss is the cross-entropy, the mean
over the examples, plus reg / 2 times the sum of all squared weights.
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_size=6, hidden_size=5, output_size=3, reg=0.1):
        rng = np.random.default_rng(1)
        self.reg = reg
        self.params = {
            "W1": 0.5 * rng.normal(size=(input_size, hidden_size)),
            "b1": 0.1 * rng.normal(size=hidden_size),
            "W2": 0.5 * rng.normal(size=(hidden_size, output_size)),
            "b2": 0.1 * rng.normal(size=output_size),
        }

    def scores(self, x):
        """The inputs of softmax, and the activations of the hidden layer."""
        hidden = np.maximum(x @ self.params["W1"] + self.params["b1"], 0.0)
        return hidden @ self.params["W2"] + self.params["b2"], hidden

    def predict(self, x):
        return np.argmax(self.scores(x)[0], axis=1)

    def loss(self, x, y):
        """The loss and its gradients, by the names of the parameters; y holds the right classes."""
        m = len(x)
        w1, w2 = self.params["W1"], self.params["W2"]

        # Forward.
        scores, hidden = self.scores(x)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        loss = -np.sum(np.log(p[np.arange(m), y])) / m
        loss += 0.5 * self.reg * (np.sum(w1**2) + np.sum(w2**2))

        # Backward.
        grads = {}
        dscores = p.copy()
        dscores[np.arange(m), y] -= 1.0
        dscores /= m
        grads["W2"] = hidden.T @ dscores
        grads["W2"] += self.reg * w2
        grads["b2"] = dscores.sum(axis=0)

        dhidden = dscores @ w2.T
        dz = dhidden * (hidden > 0.0)
        grads["W1"] = x.T @ dz
        grads["W1"] += self.reg * w1
        grads["b1"] = dz.sum(axis=0)
        return loss, grads

    def train(self, x, y, steps, learning_rate):
        """Gradient descent on the whole mini-batch."""
        for _ in range(steps):
            loss, grads = self.loss(x, y)
            for name in self.params:
                self.params[name] = self.params[name] - learning_rate * grads[name]
        return loss


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(30, 6)), rng.integers(0, 3, 30)
    network = TwoLayerNet()
    for k in range(5):
        loss = network.train(x, y, steps=10, learning_rate=0.3)
        print(k, loss, np.mean(network.predict(x) == y))
