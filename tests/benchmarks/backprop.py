"""Forward and backprop against other libraries: ``python -m tests.benchmarks.backprop``.

The same network, data, dtype and number of threads for all, interleaved in one run: PyTorch eager
and JAX's jit where they are installed.
"""

import argparse
import importlib.util
import os
from collections.abc import Callable, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from gradcheck.text import Part, Sentence, Table, plain_text
from gradcheck.timing import Timing, side_by_side
from nets.network import Network
from tests.benchmarks.checker import problem
from tests.benchmarks.machine import describe

CASES = (
    ((784, 30, 10), (1, 10, 100, 1000)),
    ((784, 1000, 1000, 10), (10, 256)),
)
Work = Callable[[], object]


def ours(network: Network, inputs: np.ndarray, targets: np.ndarray) -> dict[str, Work]:
    """Forward to the cost, and backprop."""
    return {
        "forward": lambda: network.cost(inputs, targets),
        "backprop": lambda: network.backprop(inputs, targets),
    }


def torch_eager(
    network: Network, inputs: np.ndarray, targets: np.ndarray, threads: int
) -> dict[str, Work]:
    """PyTorch, eager: forward without a graph, and forward and backward."""
    import torch

    torch.set_num_threads(threads)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)
    parameters = [torch.from_numpy(array.copy()).requires_grad_() for array in network.parameters]

    def cost() -> "torch.Tensor":
        activations = x
        for weights, biases in zip(parameters[0::2], parameters[1::2], strict=True):
            activations = torch.sigmoid(weights @ activations + biases)
        return ((activations - y) ** 2).sum() / (2 * y.shape[1])

    def forward() -> object:
        with torch.no_grad():
            return cost()

    return {"forward": forward, "backprop": lambda: torch.autograd.grad(cost(), parameters)}


def jax_jit(network: Network, inputs: np.ndarray, targets: np.ndarray) -> dict[str, Work]:
    """JAX, compiled."""
    import jax

    jax.config.update("jax_enable_x64", True)
    x, y = jax.numpy.asarray(inputs), jax.numpy.asarray(targets)
    parameters = tuple(jax.numpy.asarray(array) for array in network.parameters)

    def cost(parameters: "Sequence[jax.Array]") -> "jax.Array":
        activations = x
        for weights, biases in zip(parameters[0::2], parameters[1::2], strict=True):
            activations = jax.nn.sigmoid(weights @ activations + biases)
        return ((activations - y) ** 2).sum() / (2 * y.shape[1])

    forward, gradient = jax.jit(cost), jax.jit(jax.grad(cost))
    return {
        "forward": lambda: jax.block_until_ready(forward(parameters)),
        "backprop": lambda: jax.block_until_ready(gradient(parameters)),
    }


def installed(package: str) -> bool:
    """Whether a package can be imported."""
    return importlib.util.find_spec(package) is not None


def rows(threads: int, budget: float) -> list[tuple[str, ...]]:
    """A row for each network, batch and pass, with the ratios of the medians."""
    table: list[tuple[str, ...]] = []
    for sizes, batch_sizes in CASES:
        for batch_size in batch_sizes:
            network, inputs, targets = problem(sizes, batch_size)
            sets = {"ours": ours(network, inputs, targets)}
            if installed("torch"):
                sets["torch"] = torch_eager(network, inputs, targets, threads)
            if installed("jax"):
                sets["jax"] = jax_jit(network, inputs, targets)
            for kind in ("forward", "backprop"):
                timings = side_by_side(
                    {name: works[kind] for name, works in sets.items()}, budget=budget
                )
                table.append(row(sizes, batch_size, kind, timings))
    return table


def row(
    sizes: Sequence[int], batch_size: int, kind: str, timings: dict[str, Timing]
) -> tuple[str, ...]:
    """Microseconds of each, and ours over theirs."""
    cells = ["-".join(map(str, sizes)), str(batch_size), kind]
    for name in ("ours", "torch", "jax"):
        cells.append(f"{timings[name].median * 1e6:,.0f}" if name in timings else "-")
    for name in ("torch", "jax"):
        ratio = timings["ours"].median / timings[name].median if name in timings else None
        cells.append("-" if ratio is None else f"{ratio:.2f}")
    return tuple(cells)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--budget", type=float, default=2.0, help="seconds for each row")
    options = parser.parse_args()
    with threadpool_limits(options.threads):
        parts: list[Part] = [
            Sentence(describe()),
            Table(
                f"float64, {options.threads} threads: microseconds, and ours over theirs",
                ("network", "batch", "", "ours", "torch", "jax", "/ torch", "/ jax"),
                tuple(rows(options.threads, options.budget)),
                left=3,
            ),
        ]
    print(plain_text(parts))


if __name__ == "__main__":
    main()
