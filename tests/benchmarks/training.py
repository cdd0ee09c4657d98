"""An epoch of training: ``python -m tests.benchmarks.training``.

The program trains on 50,000 examples with 784-30-10, as in chapter 1 of the book, in four ways:
this package's mini-batches as one matrix, the book's loop with one example at a time, such a loop
in bare NumPy, and PyTorch (eager, with its own SGD) if it is installed. All get the same network,
examples, order, dtype and number of threads, in turns within one run. An epoch is only its steps;
the cost and the test set are left out.
"""

import argparse
import importlib.util
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from gradcheck.show.text import Part, Sentence, Table, plain_text
from nets.arrays import CPU
from nets.book import loop_train
from nets.data.digits import digit_examples
from nets.data.sources import load_digit_sets
from nets.gradient_descent import shuffled_orders, train_one_epoch
from nets.network import Network
from tests.benchmarks.machine import describe

SIZES, ETA, SEED = (784, 30, 10), 3.0, 0
BATCH_SIZES = (10, 100, 1000)
Examples = tuple[np.ndarray, np.ndarray]
# A function that trains for one epoch and returns the parameters at its end.
EpochOf = Callable[[Network, Examples, int], list[np.ndarray]]


def synthetic(count: int) -> Examples:
    """Random examples, as large and about as black as those of MNIST; they show no digits."""
    generator = np.random.default_rng(1)
    pixels = generator.random((count, SIZES[0])) * (generator.random((count, SIZES[0])) < 0.2)
    return pixels.T, np.eye(SIZES[-1])[:, generator.integers(0, SIZES[-1], count)]


def matrix(network: Network, examples: Examples, batch_size: int) -> list[np.ndarray]:
    """This package's training: each mini-batch is one matrix."""
    order = next(shuffled_orders(examples[0].shape[1], SEED))
    trained = train_one_epoch(network, *examples, order, batch_size=batch_size, eta=ETA)
    return list(trained.parameters)


def book_loop(network: Network, examples: Examples, batch_size: int) -> list[np.ndarray]:
    """The book's loop, with the same layers."""
    epochs = loop_train(network, *examples, epochs=1, batch_size=batch_size, eta=ETA, seed=SEED)
    return list(next(epochs).parameters)


def bare_loop(network: Network, examples: Examples, batch_size: int) -> list[np.ndarray]:
    """The book's loop for two layers in bare NumPy: no records, no checks of shapes."""
    w1, b1, w2, b2 = network.parameters
    inputs, targets = examples
    order = next(shuffled_orders(inputs.shape[1], SEED))
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size].tolist()
        sums = [np.zeros(array.shape) for array in (w1, b1, w2, b2)]
        for example in chosen:
            x, y = inputs[:, example : example + 1], targets[:, example : example + 1]
            z1 = w1 @ x + b1
            a1 = 1.0 / (1.0 + np.exp(-z1))
            a2 = 1.0 / (1.0 + np.exp(-(w2 @ a1 + b2)))
            gradient_wrt_z2 = (a2 - y) * a2 * (1.0 - a2)
            gradient_wrt_z1 = (w2.T @ gradient_wrt_z2) * a1 * (1.0 - a1)
            sums[0] += gradient_wrt_z1 @ x.T
            sums[1] += gradient_wrt_z1
            sums[2] += gradient_wrt_z2 @ a1.T
            sums[3] += gradient_wrt_z2
        w1, b1, w2, b2 = (
            array - ETA / len(chosen) * total
            for array, total in zip((w1, b1, w2, b2), sums, strict=True)
        )
    return [w1, b1, w2, b2]


def torch_eager(network: Network, examples: Examples, batch_size: int) -> list[np.ndarray]:
    """PyTorch, eager, as its tutorials write it: rows, modules, autograd, its own SGD."""
    import torch

    layers: list[torch.nn.Module] = []
    for layer in network.layers:
        linear = torch.nn.Linear(*reversed(layer.weights.shape), dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(layer.weights))
            linear.bias.copy_(torch.from_numpy(layer.biases[:, 0]))
        layers += [linear, torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*layers)
    optimiser = torch.optim.SGD(model.parameters(), lr=ETA)
    inputs, targets = (torch.from_numpy(array.T) for array in examples)
    order = torch.from_numpy(next(shuffled_orders(inputs.shape[0], SEED)))
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        optimiser.zero_grad()
        distance = model(inputs[chosen]) - targets[chosen]
        cost = (distance * distance).sum() / (2 * len(chosen))
        cost.backward()
        optimiser.step()
    return [array.detach().numpy() for array in model.parameters()]


def methods() -> dict[str, EpochOf]:
    """The ways that are compared, by name; PyTorch only if it is installed."""
    found: dict[str, EpochOf] = {
        "one matrix a mini-batch": matrix,
        "the book's loop (nets/book.py)": book_loop,
        "a loop in bare NumPy": bare_loop,
    }
    if importlib.util.find_spec("torch") is not None:
        found["PyTorch eager, its SGD"] = torch_eager
    return found


def agreed(network: Network, examples: Examples) -> float:
    """The largest distance between their weights after a tenth of an epoch.

    Raises:
        SystemExit: the distance is too large; then they do not train in the same way.

    """
    few = examples[0][:, : examples[0].shape[1] // 10], examples[1][:, : examples[1].shape[1] // 10]
    ours, *others = (method(network, few, 10) for method in methods().values())
    distance = max(
        float(np.max(np.abs(one - np.reshape(other, one.shape))))
        for theirs in others
        for one, other in zip(ours, theirs, strict=True)
    )
    if distance > 1e-8:
        raise SystemExit(f"The trained weights should be the same, but differ by {distance:.1e}.")
    return distance


def rows(network: Network, examples: Examples, turns: int) -> list[tuple[str, ...]]:
    """A row for each batch size and way: the median seconds, and their ratio to ours."""
    table: list[tuple[str, ...]] = []
    for batch_size in BATCH_SIZES:
        samples: dict[str, list[tuple[float, float]]] = {name: [] for name in methods()}
        for _ in range(turns):
            for name, method in methods().items():
                wall, process = time.perf_counter(), time.process_time()
                method(network, examples, batch_size)
                samples[name].append((time.perf_counter() - wall, time.process_time() - process))
        ours = samples["one matrix a mini-batch"]
        for name, theirs in samples.items():
            walls, processes = (
                [there[clock] / here[clock] for here, there in zip(ours, theirs, strict=True)]
                for clock in (0, 1)
            )
            table.append(
                (
                    str(batch_size),
                    name,
                    *(f"{statistics.median(sample[c] for sample in theirs):.3g}" for c in (0, 1)),
                    *(f"{statistics.median(ratios):.2f}" for ratios in (walls, processes)),
                )
            )
    return table


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--turns", type=int, default=5, help="epochs of each way")
    parser.add_argument("--count", type=int, default=50_000, help="synthetic examples")
    parser.add_argument("--data", type=Path, help="IDX files instead of synthetic examples")
    options = parser.parse_args()
    if importlib.util.find_spec("torch") is not None:
        import torch

        torch.set_num_threads(options.threads)
    if options.data is None:
        examples, source = synthetic(options.count), "synthetic images of MNIST's size"
    else:
        sets = load_digit_sets(str(options.data), SEED)
        examples, source = digit_examples(sets.training, SIZES[-1], CPU), sets.source
    network = Network.create(SIZES, seed=SEED)
    with threadpool_limits(options.threads):
        distance = agreed(network, examples)
        table = rows(network, examples, options.turns)
    count = examples[0].shape[1]
    parts: list[Part] = [
        Sentence(describe() + f"; {os.cpu_count()} cores, {options.threads} threads used."),
        Sentence(
            f"{count:,} examples ({source}), eta {ETA:g}, float64. After {count // 10:,} of them "
            f"all have the same weights, up to {distance:.0e}."
        ),
        Table(
            "An epoch: seconds (wall, process; medians), and ratio to ours (medians of turns)",
            ("batch", "", "wall s", "CPU s", "x ours", "x ours, CPU"),
            tuple(table),
            left=2,
        ),
    ]
    print(plain_text(parts))


if __name__ == "__main__":
    main()
