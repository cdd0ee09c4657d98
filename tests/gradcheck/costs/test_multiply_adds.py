"""Work on paper, against sums done by hand and against the products that are really computed."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest

from gradcheck.costs.multiply_adds import (
    backprop_forward_passes,
    backprop_products,
    backward_multiply_adds,
    batched_work,
    book_forward_passes,
    forward_multiply_adds,
    forward_products,
    one_by_one_multiply_adds,
)
from gradcheck.engines.batched import Batched
from gradcheck.engines.one_by_one import OneByOne
from nets.activations import ACTIVATIONS
from nets.network import Network


@pytest.mark.parametrize(
    ("sizes", "batch_size", "forward", "backward"),
    [
        ([3, 2], 1, 6, 6),
        ([3, 4, 2], 1, 12 + 8, 12 + 2 * 8),
        ([3, 4, 2], 10, 200, 280),
        ([784, 30, 10], 1, 23_820, 24_120),
    ],
)
def test_multiply_adds(sizes: list[int], batch_size: int, forward: int, backward: int) -> None:
    assert forward_multiply_adds(sizes, batch_size) == forward
    assert backward_multiply_adds(sizes, batch_size) == backward


@pytest.mark.parametrize(
    ("sizes", "passes"),
    [
        ([784, 30, 10], 2.01),
        ([784, 100, 100, 100, 10], 2.21),
        ([100] * 6, 2.80),
        ([5, 5], 2.0),
        ([10] * 1000, 3.0),
    ],
)
def test_backprop_in_forward_passes(sizes: list[int], passes: float) -> None:
    assert backprop_forward_passes(sizes) == pytest.approx(passes, abs=0.005)


@pytest.mark.parametrize(("sizes", "passes"), [([784, 30, 10], 23_861), ([1, 1], 3)])
def test_equation_46_in_forward_passes(sizes: list[int], passes: int) -> None:
    assert book_forward_passes(sizes) == passes


class Counting(np.ndarray):
    """An array that counts the multiply-adds of the products it takes part in."""

    counted: ClassVar[list[int]] = []

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [np.asarray(array) for array in inputs]
        if ufunc is np.matmul:
            rows, inner = plain[0].shape
            self.counted.append(rows * inner * plain[1].shape[1])
        if "out" in options:
            options["out"] = tuple(np.asarray(array) for array in options["out"])
        result = getattr(ufunc, method)(*plain, **options)
        return result.view(Counting) if isinstance(result, np.ndarray) else result


@pytest.fixture
def counted() -> list[int]:
    Counting.counted.clear()
    return Counting.counted


def counting_network(sizes: list[int]) -> Network:
    network = Network.create(sizes)
    return network.with_parameters([array.view(Counting) for array in network.parameters])


SIZES = pytest.mark.parametrize("sizes", [[3, 2], [4, 3, 2], [6, 5, 4, 3, 2]])


@SIZES
@pytest.mark.parametrize("batch_size", [1, 7])
def test_the_products_on_paper_are_those_that_are_computed(
    sizes: list[int], batch_size: int, counted: list[int]
) -> None:
    network = counting_network(sizes)
    inputs = np.ones((sizes[0], batch_size)).view(Counting)
    targets = np.zeros((sizes[-1], batch_size)).view(Counting)
    network.forward(inputs)
    assert sum(counted) == forward_multiply_adds(sizes, batch_size)
    counted.clear()
    network.backprop(inputs, targets)
    expected = [product.multiply_adds for product in backprop_products(sizes, batch_size)]
    assert counted == expected
    assert sum(counted) == forward_multiply_adds(sizes, batch_size) + backward_multiply_adds(
        sizes, batch_size
    )


@SIZES
def test_one_by_one_costs_a_forward_pass_for_each_parameter_and_one_more(
    sizes: list[int], counted: list[int]
) -> None:
    network = counting_network(sizes)
    inputs, targets = np.ones((sizes[0], 2)).view(Counting), np.zeros((sizes[-1], 2))
    engine = OneByOne(
        lambda arrays: float(
            network.with_parameters([a.view(Counting) for a in arrays]).cost(inputs, targets)
        ),
        [np.asarray(array) for array in network.parameters],
    )
    counted.clear()
    before = forward_multiply_adds(sizes, 2)  # the unperturbed cost, already evaluated
    for which, array in enumerate(network.parameters):
        engine.cost_changes(which, np.arange(array.size), np.full(array.size, 1e-6), [1.0])
    assert before + sum(counted) == one_by_one_multiply_adds(sizes, 2)


@SIZES
def test_the_batched_engine_computes_the_products_on_paper(
    sizes: list[int], counted: list[int]
) -> None:
    activated: list[int] = []

    def tanh(z: Any) -> Any:
        activated.append(z.size)
        return np.tanh(z)

    network = counting_network(sizes)
    counting = replace(ACTIVATIONS["tanh"], value=tanh)
    network = replace(
        network, layers=tuple(replace(layer, activation=counting) for layer in network.layers)
    )
    inputs, targets = np.ones((sizes[0], 3)), np.zeros((sizes[-1], 3))
    engine = Batched(network, inputs, targets, threads=1)
    counted.clear()
    activated.clear()
    for which, array in enumerate(network.parameters):
        engine.cost_changes(which, np.arange(array.size), np.full(array.size, 1e-6), [1.0])
    assert sum(counted) == batched_work(sizes, 3).products
    assert sum(activated) == batched_work(sizes, 3).activations


def test_a_product_says_its_shape() -> None:
    first = forward_products([784, 30, 10], 5)[0]
    assert first.shape == "30 x 784 @ 784 x 5"
    assert first.multiply_adds == 30 * 784 * 5
