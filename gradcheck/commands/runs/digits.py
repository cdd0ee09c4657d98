"""Digits that --data names, and mini-batches for a network."""

from typing import Any

import numpy as np

from gradcheck.commands.output.progress import Progress
from nets.data.digits import Digits, DigitSets
from nets.data.labels import one_hot
from nets.data.mnist import TOTAL_BYTES
from nets.data.sources import load_digit_sets
from nets.errors import BadInput

__all__ = ["draw_mini_batch", "expect_pixels", "load_digits"]


def load_digits(data: str, seed: int) -> DigitSets:
    """Load the digits that --data names, and show how much of MNIST has been downloaded.

    Raises:
        BadInput: they cannot be loaded.

    """
    with Progress("downloading MNIST", TOTAL_BYTES, "bytes") as progress:
        return load_digit_sets(data, seed, progress)


def draw_mini_batch(
    data: str | None, sizes: tuple[int, ...], batch_size: int, seed: int
) -> tuple[Any, Any, str]:
    """Draw the examples of a mini-batch.

    Without data, inputs are uniform from 0 to 1, so that no weight is left untested, and targets
    are one-hot (for a single output neuron, 0 or 1).

    Args:
        data: what --data says; None for random inputs.
        sizes: of the network.
        batch_size: how many examples.
        seed: of the draw.

    Returns:
        Inputs (n_input, batch) and targets (n_output, batch) on the host, and what they are, in
        words.

    Raises:
        BadInput: the data cannot be read or does not fit the network.

    """
    # Independent of the network's own draw: the same seed gives the same examples for any network
    # with these inputs.
    generator = np.random.default_rng([seed, 1])
    if data is None:
        inputs = generator.random((sizes[0], batch_size))
        if sizes[-1] == 1:
            targets = generator.integers(0, 2, (1, batch_size)).astype(float)
        else:
            targets = one_hot(generator.integers(0, sizes[-1], batch_size), sizes[-1])
        return inputs, targets, "random dense inputs"
    digits = load_digits(data, seed).training
    expect_pixels(digits, sizes)
    inputs, targets = digits.mini_batch(batch_size, sizes[-1], generator)
    return inputs, targets, digits.source


def expect_pixels(digits: Digits, sizes: tuple[int, ...]) -> None:
    """Check that images have a pixel for each neuron of the first layer.

    Raises:
        BadInput: they do not.

    """
    pixels = digits.images.shape[0]
    if pixels != sizes[0]:
        raise BadInput(
            f"the images in {digits.source} have {pixels} pixels, but the first layer has "
            f"{sizes[0]} neurons; give --sizes {pixels},..."
        )
