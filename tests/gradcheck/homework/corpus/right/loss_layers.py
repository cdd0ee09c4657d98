import numpy as np


class SoftmaxCrossEntropy:
    """forward(x, t) gives one number; backward() gives the gradient of it with respect to x"""

    def __init__(self, label_smoothing=0.1):
        self.label_smoothing = label_smoothing
        self.loss = None

    def forward(self, x, t):
        n, c = x.shape
        if t.ndim == 1:
            one_hot = np.zeros((n, c))
            one_hot[np.arange(n), t] = 1.0
        else:
            one_hot = t
        self.target = (1 - self.label_smoothing) * one_hot + self.label_smoothing / c
        x = x - np.max(x, axis=1, keepdims=True)
        self.p = np.exp(x)
        self.p /= self.p.sum(axis=1, keepdims=True)
        self.loss = -np.sum(self.target * np.log(self.p)) / n
        return self.loss

    def backward(self, dout=1.0):
        n = len(self.p)
        return dout * (self.p - self.target) / n


class MeanSquaredError:
    def forward(self, x, t):
        self.diff = x - t
        return np.mean(self.diff ** 2)

    def backward(self, dout=1.0):
        return dout * 2 * self.diff / self.diff.size


def compare_with_known_value():
    layer = SoftmaxCrossEntropy(0.0)
    print(layer.forward(np.zeros((2, 10)), np.array([1, 7])), "~ 2.302585")


if __name__ == "__main__":
    compare_with_known_value()
