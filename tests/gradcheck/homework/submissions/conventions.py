"""Right, for a multiple of the quadratic cost, which no class here defines."""

from book import Network as Book
from matrix import Mean


class Twice(Book):
    def cost_derivative(self, output_activations, y):
        return 2 * (output_activations - y)


class OverOutputs(Book):
    def cost_derivative(self, output_activations, y):
        return (output_activations - y) / len(y)


class TwiceOverOutputs(Book):
    loss = "mse"

    def cost_derivative(self, output_activations, y):
        return 2 * (output_activations - y) / len(y)


class Seven(Book):
    def cost_derivative(self, output_activations, y):
        return 7 * (output_activations - y)


class TwiceTheFirstTime(Mean):
    """Wrong: of twice the cost in the first call, of the cost itself from then on."""

    calls = 0

    def backprop(self, x, y):
        self.calls += 1
        factor = 2 if self.calls == 1 else 1
        nabla_b, nabla_w = super().backprop(x, y)
        return [factor * b for b in nabla_b], [factor * w for w in nabla_w]
