"""A look at the gradient while a network is being trained."""

import numpy as np

from gradcheck.check import check_network
from gradcheck.verdicts.checked_network import in_double
from gradcheck.verdicts.report import Report
from nets.arrays import Array
from nets.checked_examples import expect_network
from nets.errors import expect_function, expect_whole, listed
from nets.gradient_descent import Backprop, own_backprop
from nets.network import Network
from nets.plain_arrays import expect_plain

__all__ = ["check_while_training"]

# A look must not take longer than the epochs between: so many entries of each array and examples.
ENTRIES, EXAMPLES = 100, 100


def check_while_training(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    batch_size: int,
    seed: int,
    backprop: Backprop = own_backprop,
) -> Report:
    """Check a sample of the gradient of a network as it is, on some of its training examples.

    Args:
        network: as training has left it.
        inputs: (n_input, n), all that it is trained on.
        targets: (n_output, n).
        batch_size: of the training; of larger mini-batches 100 examples are taken.
        seed: of the examples and of the sample, 100 entries of each array; another one for each
            look finds other places.
        backprop: what it is trained with, and what is checked.

    Raises:
        BadInput: arrays, numbers or what backprop returned cannot be used.

    """
    expect_network(network)
    expect_whole("batch_size", batch_size, least=1)
    expect_whole("seed", seed, least=0)
    expect_function("backprop", backprop)
    expect_plain("inputs", inputs)
    expect_plain("targets", targets)
    network.expect_examples(inputs, targets)
    count = int(inputs.shape[1])
    chosen = min(batch_size, count, EXAMPLES)
    # Neighbours, which are one piece of memory: the data set has no order that would matter.
    start = int(np.random.default_rng([seed, 3]).integers(0, count - chosen + 1))
    some = slice(start, start + chosen)
    # Promoted as check_network does it: what backprop claims in float32 is round-off to float64.
    double, mini_batch = in_double(network, inputs[:, some], targets[:, some])
    # A backprop that returns None must not be replaced by the network's own.
    claim = listed("gradients", backprop(double, *mini_batch), "what Network.backprop returns")
    return check_network(
        double,
        *mini_batch,
        gradients=claim,
        sample=ENTRIES,
        seed=seed,
    )
