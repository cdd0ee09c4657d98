"""The ways to read what a student's backprop returned: which gradient belongs to which array."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["ORDERS", "Order", "Reading"]


@dataclass(frozen=True)
class Order:
    """An order in which gradients may be returned.

    Attributes:
        name: in words.
        places: for n layers, where the gradients of layer 1 weights, layer 1 biases, layer 2
            weights, ... stand among the 2n arrays returned.

    """

    name: str
    places: Callable[[int], list[int]]


ORDERS = (
    Order("biases first, then weights", lambda n: [i for k in range(n) for i in (n + k, k)]),
    Order("weights first, then biases", lambda n: [i for k in range(n) for i in (k, n + k)]),
    Order("layer by layer, weights before biases", lambda n: list(range(2 * n))),
    Order(
        "layer by layer, biases before weights",
        lambda n: [i for k in range(n) for i in (2 * k + 1, 2 * k)],
    ),
)


@dataclass(frozen=True)
class Reading:
    """One way to read what backprop returned.

    Attributes:
        order: the order of the gradients.
        transposed: whether each gradient of weights is taken as a transpose.

    """

    order: Order
    transposed: bool

    @property
    def text(self) -> str:
        """In words."""
        return self.order.name + (", each weight gradient transposed" if self.transposed else "")
