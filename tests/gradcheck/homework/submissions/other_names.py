"""The book's class under the names that people use, right and wrong."""

import numpy as np
from book import Network as Book


class Short(Book):
    """W and b, back_prop, feedForward; three whole numbers and a learning rate."""

    def __init__(self, n_in, n_hidden, n_out, learning_rate):
        super().__init__([n_in, n_hidden, n_out])
        self.W, self.b = self.weights, self.biases
        self.rate = learning_rate
        del self.weights, self.biases

    def as_book(self):
        book = object.__new__(Book)
        book.weights, book.biases, book.num_layers = self.W, self.b, len(self.W) + 1
        return book

    def feedForward(self, a):
        return self.as_book().feedforward(a)

    def back_prop(self, x, y):
        return self.as_book().backprop(x, y)

    feedforward = backprop = None


class LeftInLists(Short):
    """Returns nothing: the gradients are in attributes."""

    def back_prop(self, x, y):
        self.db, self.dW = super().back_prop(x, y)


class WrongInLists(LeftInLists):
    def back_prop(self, x, y):
        super().back_prop(x, y)
        self.dW = [-each for each in self.dW]


class Numbered(Short):
    """W1, b1, W2, b2 as attributes; the gradients likewise."""

    def __init__(self, n_in, n_hidden, n_out):
        super().__init__(n_in, n_hidden, n_out, 0.1)
        (self.W1, self.W2), (self.b1, self.b2) = self.W, self.b
        del self.W, self.b

    def as_book(self):
        book = object.__new__(Book)
        book.weights, book.biases = [self.W1, self.W2], [self.b1, self.b2]
        book.num_layers = 3
        return book

    def back_prop(self, x, y):
        (self.db1, self.db2), (self.dW1, self.dW2) = super().back_prop(x, y)


class KnowsItsSizes(Book):
    def __init__(self):
        super().__init__([4, 3, 2])


class Tiny(Book):
    """Weights of 0.01, biases of 0."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights = [0.01 * w for w in self.weights]
        self.biases = [0 * b for b in self.biases]


class Moody(Book):
    """An argument that says nothing to anybody else."""

    def __init__(self, sizes, temperament):
        super().__init__(sizes)
