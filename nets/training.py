"""Mini-batch stochastic gradient descent, as in chapter 1 of the book, on any array library.

All arrays stay where they lie: an epoch sends its shuffled order there, and fetches two numbers
when it is over.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count as count_from
from typing import Any, TypeAlias

import numpy as np
from array_api_compat import device

from nets.answers import EVALUATED_AT_ONCE, blocks, count_right, fitting_labels
from nets.arrays import Array, HostArray, Place, array_namespace, to_numpy
from nets.data.digits import Digits, one_hot
from nets.errors import BadInput
from nets.layers import LayerGradients, parameter_gradients
from nets.network import Network

__all__ = [
    "Backprop",
    "CostDiverged",
    "Epoch",
    "digit_examples",
    "shuffled_orders",
    "step",
    "train",
    "train_one_epoch",
]

# From (network, inputs, targets) to the gradients of each layer, upstream to downstream.
Backprop: TypeAlias = Callable[[Network, Array, Array], Sequence[LayerGradients]]

BRIGHTEST = 255.0


class CostDiverged(BadInput):
    """The cost is no finite number any more: the steps were too long."""


@dataclass(frozen=True)
class Epoch:
    """What one epoch came to.

    Attributes:
        number: from 1.
        cost: C, the mean over all training examples, after the epoch.
        right: test examples that the network then has right; None where there were none to test.
        tested: how many test examples there are.
        seconds: that the epoch took, cost and test included.

    """

    number: int
    cost: float
    right: int | None
    tested: int
    seconds: float

    @property
    def accuracy(self) -> float | None:
        """The share of right answers, from 0 to 1; None where nothing was tested."""
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
    backprop: Backprop = Network.backprop,
    progress: Callable[[int], object] | None = None,
) -> Iterator[tuple[Epoch, Network]]:
    """Train a network by stochastic gradient descent (book, chapter 1), an epoch at a time.

    Args:
        network: where training begins; it is left as it is.
        inputs: (n_input, n), a column an example, where the network lies.
        targets: (n_output, n), likewise.
        epochs: how often each example is used.
        batch_size: examples in a mini-batch; the last one of an epoch may be smaller.
        eta: the learning rate: how far a step goes along the negative gradient.
        seed: of the shuffling: same seed, same order, wherever the arrays lie.
        test: inputs (n_input, m) and labels (m,) that are counted after each epoch.
        backprop: what finds the gradients, if it is not to be the network's own.
        progress: called after each mini-batch with the number of examples used so far.

    Returns:
        An iterator that trains an epoch whenever it is asked for the next: what the epoch came
        to, and the network after it.

    Raises:
        BadInput: arrays or numbers that cannot be worked with.
        CostDiverged: (from the iterator) the cost has become NaN or infinite.

    >>> inputs, targets = np.eye(4), np.eye(4)
    >>> network = Network.create([4, 8, 4], seed=1)
    >>> epochs = train(network, inputs, targets, epochs=200, batch_size=2, eta=3.0,
    ...                test=(inputs, np.arange(4)))
    >>> [epoch.right for epoch, network in epochs][-1]
    4

    """
    network.expect_examples(inputs, targets)
    count = inputs.shape[1]
    if epochs < 1:
        raise BadInput(f"{epochs} epochs were asked for; wanted is 1 at least")
    if not 1 <= batch_size <= count:
        raise BadInput(
            f"a mini-batch of {batch_size:,} was asked for; there are {count:,} examples to train "
            f"on, so take from 1 to {count:,}"
        )
    if not (math.isfinite(eta) and eta > 0.0):
        raise BadInput(f"eta {eta} is no learning rate; give a positive number, such as 3.0")
    _expect_finite("inputs", inputs)
    _expect_finite("targets", targets)
    if test is not None:
        test = (test[0], fitting_labels(network, *test))
    dtype = network.place.dtype
    return _epochs(
        network,
        _in_columns(inputs, dtype),
        _in_columns(targets, dtype),
        zip(range(1, epochs + 1), shuffled_orders(count, seed), strict=False),
        _Steps(batch_size, eta, backprop, progress),
        test,
    )


@dataclass(frozen=True)
class _Steps:
    """How an epoch goes downhill; see ``train``."""

    batch_size: int
    eta: float
    backprop: Backprop
    progress: Callable[[int], object] | None


def _epochs(
    network: Network,
    inputs: Array,
    targets: Array,
    orders: Iterable[tuple[int, HostArray]],
    steps: _Steps,
    test: tuple[Array, Array] | None,
) -> Iterator[tuple[Epoch, Network]]:
    """The epochs of ``train``, whose arguments have been looked at."""
    count = int(inputs.shape[1])
    tested = 0 if test is None else int(test[0].shape[1])
    for number, order in orders:
        begun = time.perf_counter()
        # What overflows on the way is told once, by its cost.
        with np.errstate(over="ignore", invalid="ignore"):
            network = train_one_epoch(
                network,
                inputs,
                targets,
                order,
                batch_size=steps.batch_size,
                eta=steps.eta,
                backprop=steps.backprop,
                progress=_counted_from((number - 1) * count, steps.progress),
            )
            cost, right = _evaluated(network, inputs, targets, test)
        if not math.isfinite(cost):
            raise CostDiverged(
                f"the cost became {cost} in epoch {number} with eta {steps.eta:g}: the steps are "
                f"too long; try a smaller eta, such as {steps.eta / 10:g}, or the scaled "
                "initialisation"
            )
        yield Epoch(number, cost, right, tested, time.perf_counter() - begun), network


def _counted_from(
    used: int, progress: Callable[[int], object] | None
) -> Callable[[int], object] | None:
    return None if progress is None else lambda done: progress(used + done)


def train_one_epoch(
    network: Network,
    inputs: Array,
    targets: Array,
    order: HostArray,
    *,
    batch_size: int,
    eta: float,
    backprop: Backprop = Network.backprop,
    progress: Callable[[int], object] | None = None,
) -> Network:
    """The network after a step for each mini-batch of the examples in an order.

    Args:
        network: where the epoch begins.
        inputs: (n_input, n), of the network's dtype, where the network lies.
        targets: (n_output, n), likewise.
        order: (n,) the numbers of the examples, on the host.
        batch_size: as for ``train``, as are ``eta`` and ``backprop``.
        eta: the learning rate.
        backprop: what finds the gradients.
        progress: called after each mini-batch with the number of examples used in this epoch.

    """
    xp = array_namespace(inputs)
    rows = [_in_columns(array, network.place.dtype).T for array in (inputs, targets)]
    order = xp.asarray(order, device=device(inputs))
    for block in blocks(order.shape[0], batch_size):
        # An example is a row here, and lies in one piece; in a mini-batch it is a column.
        some_inputs, some_targets = (xp.take(array, order[block], axis=0).T for array in rows)
        network = step(network, backprop(network, some_inputs, some_targets), eta)
        if progress is not None:
            progress(block.stop)
    return network


def step(network: Network, gradients: Sequence[LayerGradients], eta: float) -> Network:
    """The network after one step along the negative gradient (book, equations 20 and 21)."""
    pairs = zip(network.parameters, parameter_gradients(gradients), strict=True)
    return network.with_parameters([parameter - eta * gradient for parameter, gradient in pairs])


def shuffled_orders(count: int, seed: int) -> Iterator[HostArray]:
    """For each epoch the numbers from 0 to count - 1 in an order of its own, without end."""
    # Apart from the draws of the network and of its mini-batches, which begin from the seed too.
    generator = np.random.default_rng([seed, 2])
    for _ in count_from():
        yield generator.permutation(count)


def digit_examples(digits: Digits, classes: int, where: Place) -> tuple[Array, Array]:
    """Digits as they are trained on, moved at once: inputs from 0 to 1, one-hot targets.

    Args:
        digits: n of them, as bytes or from 0 to 1.
        classes: output neurons.
        where: the array library, device and dtype.

    Returns:
        Inputs (pixels, n) and targets (classes, n).

    Raises:
        BadInput: a label is beyond the classes.

    """
    targets = where.put(one_hot(digits.labels, classes))
    inputs = where.put(digits.images)
    if digits.images.dtype == np.uint8:
        inputs /= BRIGHTEST
    return inputs, targets


def _in_columns(array: Array, dtype: Any) -> Array:
    """The array with each column in one piece of memory: a copy only where it is not yet so.

    Taking some examples out of rows that are as long as the data set would touch a new line of
    the cache for each number.
    """
    xp = array_namespace(array)
    pieces = xp.reshape(xp.astype(array, dtype, copy=False).T, (-1,))
    return xp.reshape(pieces, (array.shape[1], array.shape[0])).T


def _evaluated(
    network: Network, inputs: Array, targets: Array, test: tuple[Array, Array] | None
) -> tuple[float, int | None]:
    """The mean cost over all examples, and the right answers of the test: fetched together."""
    xp, count = array_namespace(inputs), inputs.shape[1]
    costs = [
        xp.sum(
            network.cost_function.per_example(
                network.feedforward(inputs[:, block]), targets[:, block]
            )
        )
        for block in blocks(count, EVALUATED_AT_ONCE)
    ]
    cost = xp.sum(xp.stack(costs)) / count
    if test is None:
        return float(to_numpy(cost)), None
    figures = to_numpy(xp.stack([cost, xp.astype(count_right(network, *test), cost.dtype)]))
    return float(figures[0]), int(figures[1])


def _expect_finite(name: str, array: Array) -> None:
    xp = array_namespace(array)
    if not bool(xp.all(xp.isfinite(array))):
        raise BadInput(f"{name} hold NaN or infinity; wanted are finite numbers")
