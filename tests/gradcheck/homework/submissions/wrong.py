"""Wrong gradients, one mistake each."""

import numpy as np
from book import Network as Book
from book import sigmoid, sigmoid_prime


class SignFlipped(Book):
    def cost_derivative(self, output_activations, y):
        return y - output_activations


class Factor2(Book):
    def cost(self, a, y):
        return np.sum((a - y) ** 2) / 2

    def cost_derivative(self, output_activations, y):
        return 2 * (output_activations - y)


class Factor2InOneLayer(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [2 * nabla_b[0], *nabla_b[1:]], [2 * nabla_w[0], *nabla_w[1:]]


class AllZero(Book):
    def backprop(self, x, y):
        return [np.zeros(b.shape) for b in self.biases], [np.zeros(w.shape) for w in self.weights]


class NotANumber(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        nabla_w[0][0, 0] = np.nan
        return nabla_b, nabla_w


class TransposedSquare(Book):
    """For sizes with two equal layers in a row."""

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [w.T if w.shape[0] == w.shape[1] else w for w in nabla_w]


class BiasOfTheOtherLayer(Book):
    """For sizes with two equal layers."""

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [nabla_b[1], *nabla_b[1:]], nabla_w


class NoDerivativeInTheMiddle(Book):
    def backprop(self, x, y):
        activations = [x]
        for w, b in zip(self.weights, self.biases):
            activations.append(sigmoid(w @ activations[-1] + b))
        last = self.weights[-1] @ activations[-2] + self.biases[-1]
        delta = (activations[-1] - y) * sigmoid_prime(last)
        nabla_b, nabla_w = [delta], [delta @ activations[-2].T]
        for k in range(2, self.num_layers):
            delta = self.weights[-k + 1].T @ delta
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ activations[-k - 1].T)
        return nabla_b, nabla_w


class NoDerivativeAtTheEnd(Book):
    """Right for the cross-entropy, which it does not name."""

    def cost_derivative(self, output_activations, y):
        return (output_activations - y) / (output_activations * (1 - output_activations))


class BiasesForgotten(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [0.7 * b for b in nabla_b[:-1]] + [nabla_b[-1]], nabla_w


class KeepsState(Book):
    """Adds to the gradients of the calls before."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.nabla_b = [np.zeros(b.shape) for b in self.biases]
        self.nabla_w = [np.zeros(w.shape) for w in self.weights]

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        self.nabla_b = [total + b for total, b in zip(self.nabla_b, nabla_b)]
        self.nabla_w = [total + w for total, w in zip(self.nabla_w, nabla_w)]
        return self.nabla_b, self.nabla_w


class IntegerGradients(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [b.astype(int) for b in nabla_b], [w.astype(int) for w in nabla_w]


class Float32AndOffByAThousandth(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        wrong = [(1.001 * w).astype(np.float32) for w in nabla_w]
        return [b.astype(np.float32) for b in nabla_b], wrong


class RightTheFirstTime(KeepsState):
    """Adds to the gradients of the calls before, a whole mini-batch in each."""

    def backprop(self, x, y):
        batch = x.shape[1]
        nabla_b, nabla_w = super(KeepsState, self).backprop(x, y)
        for total, b in zip(self.nabla_b, nabla_b):
            total += b.sum(axis=1, keepdims=True) / batch
        for total, w in zip(self.nabla_w, nabla_w):
            total += w / batch
        return self.nabla_b, self.nabla_w


class LastExample(Book):
    """Returns the gradients of the call before."""

    last = None

    def backprop(self, x, y):
        before = self.last or (x, y)
        self.last = x, y
        return super().backprop(*before)


class OffByLittle(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [w * 1.001 for w in nabla_w]


class OneInfinity(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        nabla_b[0][1] = np.inf
        return nabla_b, nabla_w
