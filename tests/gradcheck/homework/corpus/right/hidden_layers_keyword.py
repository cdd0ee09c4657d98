import numpy as np


class DeepNet:
    """
    DeepNet(6, 3, hidden_layers=[5, 4])
    Every layer is a dict with W and b, so that it can be printed nicely.
    """

    def __init__(self, n_inputs, n_outputs, hidden_layers=(8,), epochs=10, lr=0.05):
        self.epochs, self.lr = epochs, lr
        widths = [n_inputs, *hidden_layers, n_outputs]
        self.layers = [{"W": np.random.randn(a, b) / np.sqrt(a), "b": np.zeros(b)}
                       for a, b in zip(widths[:-1], widths[1:])]

    def predict(self, x):
        for layer in self.layers[:-1]:
            x = self.softsign(x @ layer["W"] + layer["b"])
        return x @ self.layers[-1]["W"] + self.layers[-1]["b"]

    @staticmethod
    def softsign(z):
        return z / (1 + abs(z))

    def loss(self, x, y):
        return 0.5 * ((self.predict(x) - y) ** 2).sum(axis=1).mean()

    def backpropagate(self, x, y):
        """the gradients as a list of dicts, in the order of self.layers"""
        inputs, pres = [], []
        h = x
        for layer in self.layers:
            inputs.append(h)
            pres.append(h @ layer["W"] + layer["b"])
            h = self.softsign(pres[-1])
        error = (pres[-1] - y) / len(x)
        result = []
        for layer, h, z in zip(self.layers[::-1], inputs[::-1], [None] + pres[-2::-1]):
            if z is not None:
                error = error / (1 + abs(z)) ** 2
            result.append({"W": h.T @ error, "b": error.sum(axis=0)})
            error = error @ layer["W"].T
        return result[::-1]

    def fit(self, x, y):
        for _ in range(self.epochs):
            for layer, grad in zip(self.layers, self.backpropagate(x, y)):
                layer["W"] -= self.lr * grad["W"]
                layer["b"] -= self.lr * grad["b"]


if __name__ == "__main__":
    x = np.random.rand(500, 2)
    y = np.hypot(x[:, :1], x[:, 1:])
    net = DeepNet(2, 1, hidden_layers=[16, 8], epochs=500)
    net.fit(x, y)
    print("loss after training:", net.loss(x, y))
