"""How many examples a network has right."""

from typing import Any

from array_api_compat import device

from nets.arrays import Array, array_namespace, blocks, is_masked
from nets.checked_examples import expect_network
from nets.data.labels import expect_labels
from nets.errors import BadInput
from nets.network import Network
from nets.plain_arrays import expect_real_beside

__all__ = [
    "EVALUATED_AT_ONCE",
    "accuracy",
    "count_right",
    "fitting_labels",
    "right_answers",
]

# Examples that go through the network at once when nothing is learned from them. A trade-off: more
# need more memory for the traces, fewer need more calls.
EVALUATED_AT_ONCE = 1000


def right_answers(network: Network, inputs: Array, labels: Array) -> int:
    """How many examples the network has right: the neuron of the label is the most active one.

    Args:
        network: with two output neurons or more.
        inputs: (n_input, n), a column an example.
        labels: (n,) whole numbers from 0, on the host or on the device of the inputs.

    Raises:
        BadInput: shapes or labels do not fit the network.

    >>> import numpy as np
    >>> network = Network.create([3, 2])
    >>> right_answers(network, np.eye(3), [0, 1, 1]) + right_answers(network, np.eye(3), [1, 0, 0])
    3

    """
    return int(count_right(network, inputs, fitting_labels(network, inputs, labels)))


def accuracy(network: Network, inputs: Array, labels: Array) -> float:
    """The share of right answers, from 0 to 1, for inputs (n_input, n) and labels (n,).

    Raises:
        BadInput: shapes or labels do not fit the network.

    """
    return right_answers(network, inputs, labels) / int(inputs.shape[1])


def count_right(network: Network, inputs: Array, labels: Array) -> Array:
    """How many examples the network has right, as a 0-dimensional array on their device.

    Args:
        network: as for ``right_answers``.
        inputs: (n_input, n).
        labels: (n,) as ``fitting_labels`` returns them.

    """
    xp = array_namespace(inputs)
    right = []
    for block in blocks(inputs.shape[1], EVALUATED_AT_ONCE):
        answers = xp.argmax(network.feedforward(inputs[:, block]), axis=0)
        right.append(xp.sum(xp.astype(answers == labels[block], xp.int64)))
    return xp.sum(xp.stack(right))


def fitting_labels(network: Network, inputs: Array, labels: Any) -> Array:
    """Labels (n,) on the device of the inputs (n_input, n), if they fit inputs and network.

    Raises:
        BadInput: they do not.

    """
    expect_network(network)
    expect_real_beside(network.place, "inputs", inputs)
    network.expect_inputs(inputs)
    n_output = network.sizes[-1]
    if n_output < 2:
        raise BadInput(
            "the network has only one output neuron, and right answers are counted by the most "
            "active one; use a network with two output neurons or more"
        )
    xp = array_namespace(inputs)
    try:
        labels = xp.asarray(labels, device=device(inputs))
    except (TypeError, ValueError, OverflowError) as error:
        raise BadInput(
            f"labels are a {type(labels).__name__} that makes no array; give whole numbers"
        ) from error
    count = inputs.shape[1]
    if tuple(labels.shape) != (count,):
        raise BadInput(
            f"labels have shape {tuple(labels.shape)}; they should have shape ({count},): one for "
            "each column of the inputs"
        )
    if is_masked(labels) or not xp.isdtype(labels.dtype, "integral"):
        raise BadInput(f"labels have dtype {labels.dtype}; they should be whole numbers")
    expect_labels(labels, n_output)
    return labels
