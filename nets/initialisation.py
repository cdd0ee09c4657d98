"""How the weights and biases of a new network are drawn, layer by layer."""

from collections.abc import Callable

import numpy as np

from nets.arrays import HostArray

__all__ = ["INITIALISATIONS", "Initialisation"]

# From a generator, n_downstream and n_upstream to the weights (n_downstream, n_upstream) and the
# biases (n_downstream, 1) of one layer: float64, on the host.
Initialisation = Callable[[np.random.Generator, int, int], tuple[HostArray, HostArray]]


def book_initialisation(
    generator: np.random.Generator, n_downstream: int, n_upstream: int
) -> tuple[HostArray, HostArray]:
    """Weights (n_downstream, n_upstream) and biases (n_downstream, 1) from N(0, 1).

    This is how chapter 1 of the book draws them.
    """
    weights = generator.standard_normal((n_downstream, n_upstream))
    biases = generator.standard_normal((n_downstream, 1))
    return weights, biases


def scaled_initialisation(
    generator: np.random.Generator, n_downstream: int, n_upstream: int
) -> tuple[HostArray, HostArray]:
    """Weights (n_downstream, n_upstream) from N(0, 1/n_upstream), biases (n_downstream, 1) zero.

    With this variance z is as large in a wide layer as in a narrow one.
    """
    weights = generator.standard_normal((n_downstream, n_upstream)) / np.sqrt(n_upstream)
    return weights, np.zeros((n_downstream, 1))


INITIALISATIONS: dict[str, Initialisation] = {
    "book": book_initialisation,
    "scaled": scaled_initialisation,
}
