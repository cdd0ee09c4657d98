"""Right: a whole mini-batch as one matrix, a column an example, in several manners."""

import numpy as np
from book import Network as Book
from book import sigmoid, sigmoid_prime


class Network(Book):
    """The mean over the mini-batch; the number of examples is an argument; weights first."""

    def backprop(self, xs, ys, mini_batch_size):
        nabla_w, nabla_b = self.sums(xs, ys)
        return (
            [w / mini_batch_size for w in nabla_w],
            [b.sum(axis=1, keepdims=True) / mini_batch_size for b in nabla_b],
        )

    def sums(self, xs, ys):
        activations, zs = [xs], []
        for w, b in zip(self.weights, self.biases):
            zs.append(w @ activations[-1] + np.tile(b, (1, xs.shape[1])))
            activations.append(sigmoid(zs[-1]))
        delta = (activations[-1] - ys) * sigmoid_prime(zs[-1])
        nabla_b, nabla_w = [delta], [delta @ activations[-2].T]
        for k in range(2, self.num_layers):
            delta = (self.weights[-k + 1].T @ delta) * sigmoid_prime(zs[-k])
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ activations[-k - 1].T)
        return nabla_w, nabla_b


class LeftPerExample(Network):
    """The sum over the mini-batch, but the bias gradients keep a column for each example."""

    def backprop(self, xs, ys, mini_batch_size):
        return self.sums(xs, ys)


class Summed(Network):
    """The sum over the mini-batch, and two arguments."""

    def backprop(self, x, y):
        nabla_w, nabla_b = self.sums(x, y)
        return [b.sum(axis=1, keepdims=True) for b in nabla_b], nabla_w


class Mean(Network):
    """The mean over the mini-batch, and two arguments."""

    def backprop(self, x, y):
        nabla_w, nabla_b = self.sums(x, y)
        return [b.mean(axis=1, keepdims=True) for b in nabla_b], [w / x.shape[1] for w in nabla_w]


class SumAndMean(Network):
    """Wrong: the weights' gradients are the sum, those of the biases the mean."""

    def backprop(self, x, y):
        nabla_w, nabla_b = self.sums(x, y)
        return [b.mean(axis=1, keepdims=True) for b in nabla_b], nabla_w


class OwnCost(Mean):
    """The mean of its own cost, with the inputs as first argument and without the half."""

    def cost(self, x, y):
        return np.mean(np.sum((self.feedforward(x) - y) ** 2, axis=0))

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [2 * b for b in nabla_b], [2 * w for w in nabla_w]


class Regularised(Mean):
    """A cost that is neither sum nor mean of those of the examples: the weights cost too."""

    lmbda = 0.3

    def cost(self, x, y):
        own = np.mean(np.sum((self.feedforward(x) - y) ** 2, axis=0)) / 2
        return own + self.lmbda / 2 * sum(np.sum(w**2) for w in self.weights)

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [g + self.lmbda * w for g, w in zip(nabla_w, self.weights)]


class SummedCost(Summed):
    """Cost and gradients are both the sum over the mini-batch; the cost takes the output."""

    def cost(self, a, y):
        return np.sum((a - y) ** 2) / 2


class RegularisedSum(Summed):
    """A sum over the examples, and once the weights."""

    def cost(self, x, y):
        own = np.sum((self.feedforward(x) - y) ** 2) / 2
        return own + 0.1 * sum(np.sum(w**2) for w in self.weights)

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [g + 0.2 * w for g, w in zip(nabla_w, self.weights)]


class MeanLeftPerExample(Network):
    """The mean over the mini-batch; the bias gradients keep a column, its part, for each example."""

    def backprop(self, x, y):
        nabla_w, nabla_b = self.sums(x, y)
        return [b / x.shape[1] for b in nabla_b], [w / x.shape[1] for w in nabla_w]


class BiasesLeftOfAMean(Network):
    """Wrong: the weights' gradients are the mean, those of the biases are left as they are."""

    def backprop(self, x, y):
        nabla_w, nabla_b = self.sums(x, y)
        return nabla_b, [w / x.shape[1] for w in nabla_w]


class MeanCost(Mean):
    """The mean of its own cost; right."""

    def cost(self, x, y):
        return np.mean(np.sum((self.feedforward(x) - y) ** 2, axis=0)) / 2


class MeanMissing(MeanCost):
    """Wrong: its own cost is the mean, its gradients are the sum."""

    def backprop(self, x, y):
        return Summed.backprop(self, x, y)


class MeanMissingInWeights(MeanCost):
    """Wrong: its own cost is the mean, the weights' gradients are the sum."""

    def backprop(self, x, y):
        return SumAndMean.backprop(self, x, y)


class MeanOfASum(Mean):
    """Wrong: its own cost is the sum, its gradients are the mean."""

    def cost(self, x, y):
        return np.sum((self.feedforward(x) - y) ** 2) / 2


class MeanMissingWithoutHalf(OwnCost):
    """Wrong, with a cost that none of gradcheck's own networks has."""

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [b * x.shape[1] for b in nabla_b], [w * x.shape[1] for w in nabla_w]


class MeanMissingInOdd(OwnCost):
    """Wrong as well, with a cost that none of gradcheck's own networks has."""

    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [w * x.shape[1] for w in nabla_w]
