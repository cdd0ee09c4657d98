"""A look at the gradient while a network is being trained."""

import numpy as np

from gradcheck.check import check_network
from gradcheck.verdicts.report import Report
from nets.arrays import Array, array_namespace
from nets.gradient_descent import Backprop, own_backprop
from nets.network import Network

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

    """
    count = int(inputs.shape[1])
    chosen = min(batch_size, count, EXAMPLES)
    # Neighbours, which are one piece of memory: the data set has no order that would matter.
    start = int(np.random.default_rng([seed, 3]).integers(0, count - chosen + 1))
    some = slice(start, start + chosen)
    # Promoted as check_network does it: what backprop claims in float32 is round-off to float64.
    xp = array_namespace(inputs)
    double = network.with_dtype("float64")
    mini_batch = xp.astype(inputs[:, some], xp.float64), xp.astype(targets[:, some], xp.float64)
    return check_network(
        double,
        *mini_batch,
        gradients=backprop(double, *mini_batch),
        sample=ENTRIES,
        seed=seed,
    )
