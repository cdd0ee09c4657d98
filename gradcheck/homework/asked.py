"""What was asked for, as the child process knows it: a name, sizes, shapes, a mini-batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from nets.data.labels import one_hot

__all__ = ["Asked", "random_mini_batch"]


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    Attributes:
        name: of a class or a function in the file; None if none was given.
        sizes: neurons in each layer; None if none were given.
        shapes: of arrays, by name, from ``--arrays``.
        cost: a name in ``COSTS_OF_OUTPUT``, used in place of the code's own cost; or None.
        seed: of all random numbers.
        batch_size: examples in a mini-batch.
        examples: the mini-batch to use; None to draw one for the sizes.
        adapter: the absolute path of a file that says how the code is read; None to find it out.
        format: the name of the only format that the code may be in; None for any.
        each_array: whether a gradient of an unusable shape counts as wrong, and the others are
            still judged.

    """

    name: str | None = None
    sizes: tuple[int, ...] | None = None
    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    cost: str | None = None
    seed: int = 0
    batch_size: int = 10
    examples: MiniBatch | None = field(repr=False, default=None)
    adapter: Path | None = None
    format: str | None = None
    each_array: bool = False

    def mini_batch(self, sizes: Sequence[int]) -> MiniBatch:
        """The mini-batch for a network of these sizes: the one given, or one drawn for them."""
        given = self.examples
        if given is not None:
            ends = int(given.inputs.shape[0]), int(given.targets.shape[0])
            if ends == (sizes[0], sizes[-1]):
                return given
        return random_mini_batch(sizes, self.batch_size, self.seed)


def random_mini_batch(sizes: Sequence[int], batch_size: int, seed: int) -> MiniBatch:
    """Inputs (n_input, batch) from -1 to 1, and one-hot targets (n_output, batch).

    With a single output neuron the targets are 0 or 1. No input is 0, so that every weight is
    tested. Inputs have both signs, so that few ReLUs give 0 for the whole mini-batch.

    Args:
        sizes: of the network; only the first and the last count.
        batch_size: how many examples.
        seed: of the draw.

    """
    # Independent of the network's own draw.
    generator = np.random.default_rng([seed, 1])
    inputs = generator.uniform(-1.0, 1.0, (sizes[0], batch_size))
    if sizes[-1] == 1:
        return MiniBatch(inputs, generator.integers(0, 2, (1, batch_size)).astype(float))
    return MiniBatch(inputs, one_hot(generator.integers(0, sizes[-1], batch_size), sizes[-1]))
