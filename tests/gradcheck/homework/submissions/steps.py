"""Classes that update their own weights, right and wrong."""

import numpy as np


class Base:
    def __init__(self, sizes, eta=0.5):
        self.eta = eta
        draw = np.random.default_rng(1)
        self.mats = [0.5 * draw.normal(size=(a, b)) for a, b in zip(sizes, sizes[1:])]
        self.shifts = [0.5 * draw.normal(size=b) for b in sizes[1:]]

    def predict(self, x):
        for mat, shift in zip(self.mats, self.shifts):
            x = np.tanh(x @ mat + shift)
        return x

    def activations(self, x):
        found = [x]
        for mat, shift in zip(self.mats, self.shifts):
            found.append(np.tanh(found[-1] @ mat + shift))
        return found

    def steps(self, x, y):
        a = self.activations(x)
        error = (a[-1] - y) * (1 - a[-1] ** 2)
        for layer in range(len(self.mats) - 1, -1, -1):
            yield layer, a[layer].T @ error, error.sum(axis=0)
            error = (error @ self.mats[layer].T) * (1 - a[layer] ** 2)


class EtaIsAnAttribute(Base):
    def train(self, x, y):
        for layer, by_mat, by_shift in list(self.steps(x, y)):
            self.mats[layer] = self.mats[layer] - self.eta * by_mat
            self.shifts[layer] = self.shifts[layer] - self.eta * by_shift


class EtaIsAnArgument(Base):
    def train(self, x, y, eta):
        for layer, by_mat, by_shift in list(self.steps(x, y)):
            self.mats[layer] -= eta * by_mat
            self.shifts[layer] -= eta * by_shift


class OneByOne(EtaIsAnArgument):
    """Goes through the examples one after the other."""

    def fit(self, x, y, eta=0.01, epochs=10):
        for _ in range(epochs):
            for row, wish in zip(x, y):
                EtaIsAnArgument.train(self, row[None], wish[None], eta)

    train = None


class Pairs(EtaIsAnArgument):
    def update_mini_batch(self, mini_batch, eta):
        for x, y in mini_batch:
            EtaIsAnArgument.train(self, x, y, eta / len(mini_batch))

    train = None


class LastPair(EtaIsAnArgument):
    """Wrong: only the last pair of a mini-batch counts."""

    def update_mini_batch(self, mini_batch, eta):
        for x, y in mini_batch:
            pass
        EtaIsAnArgument.train(self, x, y, eta)

    train = None


class ManySteps(Base):
    """Makes 50 steps in one call."""

    def train(self, x, y):
        for _ in range(50):
            for layer, by_mat, by_shift in list(self.steps(x, y)):
                self.mats[layer] = self.mats[layer] - 0.01 * by_mat
                self.shifts[layer] = self.shifts[layer] - 0.01 * by_shift


class Momentum(Base):
    velocity = 0.0

    def train_step(self, x, y):
        both = [*self.mats, *self.shifts]
        slopes = list(self.steps(x, y))[::-1]
        slopes = [each for _, each, _ in slopes] + [each for _, _, each in slopes]
        if np.isscalar(self.velocity):
            self.velocity = [0 * each for each in both]
        self.velocity = [0.9 * v - self.eta * g for v, g in zip(self.velocity, slopes)]
        both = [each + v for each, v in zip(both, self.velocity)]
        self.mats, self.shifts = both[: len(self.mats)], both[len(self.mats) :]


class OwnLoss(EtaIsAnArgument):
    def loss(self, x, y):
        return 0.5 * np.sum((self.predict(x) - y) ** 2)


class TwiceTheLoss(EtaIsAnArgument):
    """Wrong: its own loss has no half, and so a factor 2 is missing."""

    def loss(self, x, y):
        return np.sum((self.predict(x) - y) ** 2)


class Climbs(Base):
    """Wrong: it goes up."""

    def train(self, x, y, eta):
        for layer, by_mat, by_shift in list(self.steps(x, y)):
            self.mats[layer] += eta * by_mat
            self.shifts[layer] += eta * by_shift


class TooEarly(Base):
    """Wrong: it passes the error back through weights that it has changed already."""

    def train(self, x, y, eta):
        for layer, by_mat, by_shift in self.steps(x, y):
            self.mats[layer] -= eta * by_mat
            self.shifts[layer] -= eta * by_shift


class NoDerivative(Base):
    """Wrong: the derivative of tanh is missing."""

    def train(self, x, y, eta):
        a = self.activations(x)
        error = a[-1] - y
        for layer in range(len(self.mats) - 1, -1, -1):
            by_mat, by_shift = a[layer].T @ error, error.sum(axis=0)
            error = error @ self.mats[layer].T
            self.mats[layer] = self.mats[layer] - eta * by_mat
            self.shifts[layer] = self.shifts[layer] - eta * by_shift


class SignOnly(Base):
    """Steps of one size, as Adam's first one."""

    def train(self, x, y, eta):
        for layer, by_mat, by_shift in list(self.steps(x, y)):
            self.mats[layer] = self.mats[layer] - eta * np.sign(by_mat)
            self.shifts[layer] = self.shifts[layer] - eta * np.sign(by_shift)


class Stands(Base):
    def train(self, x, y, eta):
        return 0.5


class Adds(Base):
    """Returns the direction of the step, which its update adds: no mistake."""

    def backprop(self, x, y):
        found = list(self.steps(x, y))[::-1]
        return [-each for _, each, _ in found], [-each for _, _, each in found]

    def train(self, x, y, eta):
        for layer, (mat, shift) in enumerate(zip(*self.backprop(x, y))):
            self.mats[layer] = self.mats[layer] + eta * mat
            self.shifts[layer] = self.shifts[layer] + eta * shift


class Turned(Base):
    """Wrong: returns the direction of the step, and there is no update that adds it."""

    backprop = Adds.backprop
