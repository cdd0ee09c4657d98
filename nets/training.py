"""Training: epochs of stochastic gradient descent, and how good the network is after each.

>>> inputs, targets = np.eye(4), np.eye(4)
>>> network = Network.create([4, 8, 4], seed=1)
>>> epochs = train(network, inputs, targets, epochs=200, batch_size=2, eta=3.0,
...                test=(inputs, np.arange(4)))
>>> [epoch.right for epoch, network in epochs][-1]
4

"""

import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np

from nets.answers import EVALUATED_AT_ONCE, count_right, fitting_labels
from nets.arrays import Array, HostArray, array_namespace, blocks, to_numpy
from nets.checked_examples import expect_real_examples
from nets.errors import BadInput, expect_function, expect_whole, in_one_line, is_number, is_whole
from nets.gradient_descent import (
    Backprop,
    in_columns,
    own_backprop,
    shuffled_orders,
    train_one_epoch,
)
from nets.network import Network

__all__ = ["CostDiverged", "Epoch", "train"]

# Inputs (n_input, n) and targets (n_output, n); or test inputs (n_input, m) and labels (m,).
Examples: TypeAlias = tuple[Array, Array]


class CostDiverged(BadInput):
    """The cost became NaN or infinite: the steps were too long."""


@dataclass(frozen=True)
class Epoch:
    """The figures of one epoch.

    Attributes:
        number: from 1.
        cost: C after the epoch, the mean over all training examples.
        right: how many test examples the network then has right; None without test examples.
        tested: how many test examples there are.
        seconds: how long the epoch took, including the cost and the test.

    """

    number: int
    cost: float
    right: int | None
    tested: int
    seconds: float

    @property
    def accuracy(self) -> float | None:
        """The share of right answers, from 0 to 1; None without test examples."""
        return None if self.right is None else self.right / self.tested


def train(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    epochs: int,
    batch_size: int,
    eta: float,
    seed: int = 0,
    test: tuple[Array, Array] | None = None,
    backprop: Backprop = own_backprop,
    progress: Callable[[int], object] | None = None,
) -> Iterator[tuple[Epoch, Network]]:
    """Train a network by stochastic gradient descent (book, chapter 1), one epoch at a time.

    Args:
        network: where training begins; it is not changed.
        inputs: (n_input, n), a column an example, on the device of the network.
        targets: (n_output, n), likewise.
        epochs: how often each example is used.
        batch_size: examples in a mini-batch; the last one of an epoch may be smaller.
        eta: the learning rate: a step is -eta times the gradient.
        seed: of the shuffling; the same seed gives the same order on every device.
        test: inputs (n_input, m) and labels (m,); right answers are counted after each epoch.
        backprop: computes the gradients; by default this is the network's own ``backprop``.
        progress: called after each mini-batch with the number of examples used so far.

    Returns:
        An iterator. Each step trains one epoch; it gives the figures and the trained network.

    Raises:
        BadInput: arrays or numbers cannot be used.
        CostDiverged: (from the iterator) the cost became NaN or infinite.

    """
    expect_real_examples(network, inputs, targets)
    _expect_settings(inputs.shape[1], epochs, batch_size, eta)
    expect_whole("seed", seed, least=0)
    expect_function("backprop", backprop)
    expect_function("progress", progress, optional=True)
    if test is not None:
        if not isinstance(test, tuple | list) or len(test) != 2:
            raise BadInput(f"test is a {type(test).__name__}; give a pair, (inputs, labels)")
        test = (test[0], fitting_labels(network, *test))
    dtype = network.place.dtype
    examples = in_columns(inputs, dtype), in_columns(targets, dtype)
    orders = islice(shuffled_orders(inputs.shape[1], seed), epochs)
    return _epochs(network, examples, orders, _Settings(batch_size, eta, backprop, progress), test)


@dataclass(frozen=True)
class _Settings:
    """How the steps of an epoch are taken; see ``train``."""

    batch_size: int
    eta: float
    backprop: Backprop
    progress: Callable[[int], object] | None


def _expect_settings(count: int, epochs: int, batch_size: int, eta: float) -> None:
    """Check the numbers that ``train`` got, for so many examples."""
    if not is_whole(epochs) or not 1 <= epochs <= sys.maxsize:
        raise BadInput(f"{in_one_line(epochs)} epochs were asked for; give at least 1")
    if not is_whole(batch_size) or not 1 <= batch_size <= count:
        raise BadInput(
            f"a mini-batch of {in_one_line(batch_size)} was asked for; there are {count:,} "
            f"examples to train on, so give 1 to {count:,}"
        )
    if not (is_number(eta) and eta > 0.0):
        raise BadInput(f"eta is {in_one_line(eta)}; give a positive learning rate, such as 3.0")


def _epochs(
    network: Network,
    examples: Examples,
    orders: Iterable[HostArray],
    settings: _Settings,
    test: Examples | None,
) -> Iterator[tuple[Epoch, Network]]:
    """The epochs of ``train``, which has checked the arguments."""
    count = int(examples[0].shape[1])
    tested = 0 if test is None else int(test[0].shape[1])
    for number, order in enumerate(orders, start=1):
        begun = time.perf_counter()
        # An overflow on the way shows in the cost, which is checked below.
        with np.errstate(over="ignore", invalid="ignore"):
            network = train_one_epoch(
                network,
                *examples,
                order,
                batch_size=settings.batch_size,
                eta=settings.eta,
                backprop=settings.backprop,
                progress=_counted_from((number - 1) * count, settings.progress),
            )
            cost, right = _evaluated(network, examples, test)
        if not math.isfinite(cost):
            raise CostDiverged(
                f"the cost became {cost} in epoch {number} with eta {settings.eta:g}: the steps "
                f"are too long; try a smaller eta, such as {settings.eta / 10:g}, or the scaled "
                "initialisation"
            )
        yield Epoch(number, cost, right, tested, time.perf_counter() - begun), network


def _counted_from(
    used: int, progress: Callable[[int], object] | None
) -> Callable[[int], object] | None:
    """A progress function for one epoch, which adds the examples used before it."""
    return None if progress is None else lambda done: progress(used + done)


def _evaluated(
    network: Network, examples: Examples, test: Examples | None
) -> tuple[float, int | None]:
    """The mean cost over all examples, and the right answers of the test, fetched together."""
    inputs, targets = examples
    xp, count = array_namespace(inputs), inputs.shape[1]
    costs = []
    for block in blocks(count, EVALUATED_AT_ONCE):
        output = network.feedforward(inputs[:, block])
        costs.append(xp.sum(network.cost_function.per_example(output, targets[:, block])))
    cost = xp.sum(xp.stack(costs)) / count
    if test is None:
        return float(to_numpy(cost)), None
    figures = to_numpy(xp.stack([cost, xp.astype(count_right(network, *test), cost.dtype)]))
    return float(figures[0]), int(figures[1])
