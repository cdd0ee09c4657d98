"""Right in its gradients, odd in what it does besides."""

import sys

import numpy as np
from book import Network as Book
from book import sigmoid


class Prints(Book):
    def backprop(self, x, y):
        print("hello from backprop")
        return super().backprop(x, y)


class ReturnsLists(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [b.tolist() for b in nabla_b], [w.tolist() for w in nabla_w]


class ReturnsTransposes(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [w.T for w in nabla_w]


class ReturnsFloat32(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [b.astype(np.float32) for b in nabla_b], [w.astype(np.float32) for w in nabla_w]


class HoldsFloat32(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights = [w.astype(np.float32) for w in self.weights]


class HoldsIntegers(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights = [np.round(w).astype(int) for w in self.weights]


class HoldsLists(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.biases = [b.tolist() for b in self.biases]


class ChangesItsWeights(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        self.weights = [w - 0.1 * g for w, g in zip(self.weights, nabla_w)]
        return nabla_b, nabla_w


class ChangesItsWeightsInPlace(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        self.biases[0] -= 0.1 * nabla_b[0]
        return nabla_b, nabla_w


class OtherNameForItsWeights(Book):
    """The forward pass goes by another name of the same arrays."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.layers = list(zip(self.weights, self.biases))

    def feedforward(self, a):
        for w, b in self.layers:
            a = sigmoid(w @ a + b)
        return a


class DrawsAnew(Book):
    """Weights that no seed holds."""

    def __init__(self, sizes):
        super().__init__(sizes)
        generator = np.random.default_rng()
        self.weights = [generator.standard_normal(w.shape) for w in self.weights]


class TakesSizesOneByOne(Book):
    def __init__(self, *sizes):
        super().__init__(list(sizes))


class PrintsColour(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        print("\x1b[31mred \u2603")


class FillsItsArraysAnew(Book):
    """Returns the same arrays each time, with other numbers in them."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.nabla_b = [np.zeros(b.shape) for b in self.biases]
        self.nabla_w = [np.zeros(w.shape) for w in self.weights]

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        for kept, new in zip(self.nabla_b + self.nabla_w, nabla_b + nabla_w):
            kept[...] = new
        return self.nabla_b, self.nabla_w


class ReturnsAllActivations(Book):
    """The output alone is what another method gives."""

    def feedforward(self, a):
        activations = [a]
        for w, b in zip(self.weights, self.biases):
            activations.append(sigmoid(w @ activations[-1] + b))
        return activations

    def predict(self, a):
        return self.feedforward(a)[-1]


class SpeaksToNobody(Book):
    """What it prints goes to an object that can only write."""

    def __init__(self, sizes):
        super().__init__(sizes)
        sys.stdout = type("Nobody", (), {"write": lambda self, text: len(text)})()

    def backprop(self, x, y):
        print("hello")
        return super().backprop(x, y)
