"""What leaving out saves: ``python -m tests.benchmarks.resting [--data PATH]``.

A weight whose upstream activation is 0 in an example cannot change that example's cost, and neither
can a ReLU neuron that stays at 0. The batched engine leaves such pairs of an entry and an example
out. Three checks of each network take turns: of dense random inputs, of digits, and of digits with
nothing left out. The limit counts only what can move.
"""

import argparse
import os
from collections.abc import Callable

import numpy as np

from gradcheck.check import check_network
from gradcheck.commands.runs.digits import load_digits
from gradcheck.engines import moving_copies
from gradcheck.show.text import Sentence, Table, plain_text
from nets.network import Network
from tests.benchmarks.checker import least_seconds
from tests.benchmarks.machine import describe, seconds

NETWORKS = (
    ((784, 1000, 200, 10), "sigmoid", 10),
    ((784, 30, 10), "sigmoid", 10),
    ((784, 30, 10), "sigmoid", 256),
    ((784, 100, 100, 100, 100, 10), "relu", 10),
)
NOTHING_LEFT_OUT = -1.0  # a part of the pairs that no block stays below


def moving_share(network: Network, inputs: np.ndarray) -> float:
    """The part of the pairs of a weight and an example that can move something, 0 to 1."""
    moving = pairs = 0
    for trace, layer in zip(network.forward(inputs), network.layers, strict=True):
        awake = trace.z > 0.0 if layer.activation.kinks else np.ones(trace.z.shape, dtype=bool)
        upstream = trace.upstream_activations != 0.0
        moving += int((awake.sum(axis=0) * upstream.sum(axis=0)).sum())
        pairs += awake.shape[0] * upstream.size
    return moving / pairs


def with_nothing_left_out(work: Callable[[], object]) -> Callable[[], object]:
    """The same work, with every pair computed."""

    def all_pairs() -> object:
        usual = moving_copies.MOST_MOVING
        moving_copies.MOST_MOVING = NOTHING_LEFT_OUT
        try:
            return work()
        finally:
            moving_copies.MOST_MOVING = usual

    return all_pairs


def rows(data: str, rounds: int) -> list[tuple[str, ...]]:
    """The seconds of each network's checks: the least of some rounds, in which they alternate."""
    digits, cores = load_digits(data, 0).training, os.cpu_count() or 1
    found: list[tuple[str, ...]] = []
    for sizes, activation, batch_size in NETWORKS:
        generator = np.random.default_rng(1)
        network = Network.create(sizes, activation=activation, initialisation="scaled", seed=0)
        inputs, targets = digits.mini_batch(batch_size, sizes[-1], generator)
        dense = generator.random(inputs.shape)

        def on_digits(
            network: Network = network, inputs: np.ndarray = inputs, targets: np.ndarray = targets
        ) -> object:
            return check_network(network, inputs, targets)

        def on_dense(
            network: Network = network, inputs: np.ndarray = dense, targets: np.ndarray = targets
        ) -> object:
            return check_network(network, inputs, targets)

        works = (on_dense, on_digits, with_nothing_left_out(on_digits))
        random, left_out, every = np.min(
            [[seconds(work, 1) for work in works] for _ in range(rounds)], axis=0
        )
        share = moving_share(network, inputs)
        found.append(
            (
                "-".join(map(str, sizes)),
                activation,
                str(batch_size),
                f"{100 * share:.0f} %",
                f"{random:.3g}",
                f"{left_out:.3g}",
                f"{random / left_out:.2f}",
                f"{every / left_out:.2f}",
                f"{left_out / least_seconds(network, inputs, cores):.1f}",
            )
        )
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="drawn", help="drawn, mnist or a folder with IDX files")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    table = Table(
        "All partials with (46), both sides, error bars: seconds",
        (
            "network",
            "activation",
            "batch",
            "moving",
            "random",
            "digits",
            "ratio",
            "to all\npairs",
            "to the\nlimit",
        ),
        tuple(rows(given.data, given.rounds)),
    )
    print(plain_text([Sentence(describe()), table]))


if __name__ == "__main__":
    main()
