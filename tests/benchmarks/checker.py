"""How fast is the check of all partial derivatives? ``python -m tests.benchmarks.checker``.

The batched engine, with both sides and error bars, is compared with three things: the one-by-one
engine doing the same, the least time that the method allows on this machine, and other checkers if
they are installed (PyTorch, SciPy, JAX). All get the same network and data, in float64.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from gradcheck.check import check_network
from gradcheck.engines import blocks
from gradcheck.engines.batched import Batched
from gradcheck.show.text import Part, Sentence, Table, plain_text
from nets.network import Network
from nets.shapes import parameter_count
from tests.benchmarks.machine import activation_rate, describe, product_rate, seconds

BOOK = (784, 30, 10)
MILLION = (784, 1000, 200, 10)
DEEP = (300,) * 7
SIDES = 2


def problem(sizes: Sequence[int], batch_size: int) -> tuple[Network, np.ndarray, np.ndarray]:
    """A sigmoid network with quadratic cost, inputs from 0 to 1, one-hot targets."""
    generator = np.random.default_rng(1)
    network = Network.create(sizes, seed=0)
    labels = generator.integers(0, sizes[-1], batch_size)
    return network, generator.random((sizes[0], batch_size)), np.eye(sizes[-1])[:, labels]


def activations_and_multiply_adds(network: Network, inputs: np.ndarray) -> tuple[int, int]:
    """The arithmetic that one side of the batched method needs at least, for all parameters.

    Each perturbed copy of an example needs the activation of its own neuron and of every neuron
    further downstream. It also needs the rank-one term of the next layer, and the products of all
    layers after that. What cannot move is not counted: a weight behind an activation of 0, and what
    is downstream of a ReLU neuron that is 0.

    Returns:
        The number of activations and the number of multiply-adds.

    """
    activations = multiply_adds = 0
    for position, trace in enumerate(network.forward(inputs), start=1):
        # The bias moves in every example.
        moving = np.count_nonzero(trace.upstream_activations, axis=0) + 1
        asleep = trace.downstream_activations == 0.0
        sleeps = bool(network.layers[position - 1].activation.kinks)
        goes_on = (~asleep if sleeps else np.ones_like(asleep)).sum(axis=0)
        copies, further = int(moving.sum() * trace.z.shape[0]), int((moving * goes_on).sum())
        downstream = network.sizes[position + 1 :]
        products = sum(up * down for up, down in pairwise(downstream))
        activations += copies + further * sum(downstream)
        multiply_adds += copies + further * (sum(downstream[:1]) + products)
    return activations, multiply_adds


def least_seconds(network: Network, inputs: np.ndarray, cores: int) -> float:
    """The seconds that activations and products alone take, on all cores, for both sides."""
    activations, multiply_adds = activations_and_multiply_adds(network, inputs)
    function = network.layers[0].activation.form.function.value
    arithmetic = activations / activation_rate(function)
    return SIDES * (arithmetic + multiply_adds / product_rate(400, 400, 400)) / cores


def check(sizes: Sequence[int], batch_size: int, engine: str) -> Callable[[], object]:
    """A whole check with (46): slopes on both sides, noise, error bars, verdicts."""
    network, inputs, targets = problem(sizes, batch_size)
    return lambda: check_network(network, inputs, targets, engine=engine)


def one_by_one_estimate(sizes: Sequence[int], batch_size: int) -> float:
    """An estimate of the seconds for both sides: a forward pass for each parameter and side."""
    network, inputs, targets = problem(sizes, batch_size)
    passes = SIDES * network.parameter_count
    return passes * seconds(lambda: network.cost(inputs, targets), 30)


def engine_rows(cores: int) -> list[tuple[str, ...]]:
    """The batched engine, compared with the one-by-one engine and with the limit."""
    rows: list[tuple[str, ...]] = []
    for sizes, batch_size, repeats in (
        (BOOK, 10, 15),
        (BOOK, 1, 15),
        (BOOK, 256, 5),
        (MILLION, 1, 3),
        (MILLION, 10, 3),
        (DEEP, 1, 3),
        (DEEP, 10, 1),
    ):
        took = seconds(check(sizes, batch_size, "batched"), repeats)
        measured = sizes == BOOK and batch_size <= 10
        one_by_one = (
            seconds(check(sizes, batch_size, "one-by-one"), 1)
            if measured
            else one_by_one_estimate(sizes, batch_size)
        )
        network, inputs, _ = problem(sizes, batch_size)
        limit = least_seconds(network, inputs, cores)
        rows.append(
            (
                "-".join(map(str, sizes)),
                str(batch_size),
                f"{parameter_count(sizes):,}",
                f"{took:.3g}",
                f"{one_by_one:.3g}" + ("" if measured else " est."),
                f"{one_by_one / took:.0f}",
                f"{limit:.2g}",
                f"{took / limit:.1f}",
            )
        )
    return rows


def growth_rows() -> list[tuple[str, ...]]:
    """The seconds for each activation, for several widths; it should hardly change."""
    rows: list[tuple[str, ...]] = []
    for width in (30, 100, 300, 1000, 3000):
        sizes = (784, width, 10)
        network, inputs, targets = problem(sizes, 10)
        engine = Batched(network, inputs, targets)

        def sweep(network: Network = network, engine: Batched = engine) -> None:
            for which, array in enumerate(network.parameters):
                steps = np.full(array.size, 1e-7)
                engine.cost_changes(which, np.arange(array.size), steps, (-1.0, 1.0))

        took = seconds(sweep, 9)
        work = SIDES * activations_and_multiply_adds(network, inputs)[0]
        rows.append(
            (str(width), f"{network.parameter_count:,}", f"{took:.3g}", f"{took / work * 1e9:.2f}")
        )
    return rows


def block_rows() -> list[tuple[str, ...]]:
    """Some weights of layer 1, in blocks of one neuron each and in blocks of several."""
    rows: list[tuple[str, ...]] = []
    for sizes, batch_size, part in (
        (BOOK, 1, 0.1),
        (BOOK, 1, 1.0),
        (BOOK, 10, 0.1),
        (BOOK, 10, 0.5),
        (BOOK, 10, 1.0),
        (MILLION, 1, 0.05),
        (MILLION, 1, 0.2),
        (DEEP, 1, 0.3),
    ):
        network, inputs, targets = problem(sizes, batch_size)
        size = network.parameters[0].size
        drawn = np.random.default_rng(1).choice(size, int(part * size), replace=False)
        entries, steps = np.sort(drawn), np.full(len(drawn), 1e-7)
        engine = Batched(network, inputs, targets, threads=1)

        def sweep(
            engine: Batched = engine, entries: np.ndarray = entries, steps: np.ndarray = steps
        ) -> None:
            engine.cost_changes(0, entries, steps, (-1.0, 1.0))

        # 0: all blocks of one neuron; infinite: none.
        worths = (0.0, np.inf, blocks.WORTH_A_BLOCK)
        took = np.min([[_with_blocks(each, sweep) for each in worths] for _ in range(3)], axis=0)
        each = part * size / sizes[1] * batch_size * max(sizes[2:])
        rows.append(
            (
                "-".join(map(str, sizes)),
                str(batch_size),
                f"{100 * part:.0f} %",
                f"{each:,.0f}",
                *(f"{1e3 * milliseconds:.3g}" for milliseconds in took),
            )
        )
    return rows


def _with_blocks(worth: float, work: Callable[[], None]) -> float:
    """The seconds of some work of the engine, if a block is worth it from so many numbers on."""
    usual = blocks.WORTH_A_BLOCK
    blocks.WORTH_A_BLOCK = worth
    try:
        return seconds(work, 3)
    finally:
        blocks.WORTH_A_BLOCK = usual


def torch_checks() -> dict[str, Callable[[], object]]:
    """PyTorch's gradcheck of all partials, and of one random projection."""
    import torch

    network, inputs, targets = problem(BOOK, 10)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)
    parameters = [torch.from_numpy(array).requires_grad_() for array in network.parameters]

    def cost(*arrays: "torch.Tensor") -> "torch.Tensor":
        activations = x
        for weights, biases in zip(arrays[0::2], arrays[1::2], strict=True):
            activations = torch.sigmoid(weights @ activations + biases)
        return ((activations - y) ** 2).sum() / (2 * y.shape[1])

    def run(fast: bool) -> object:
        return torch.autograd.gradcheck(cost, parameters, fast_mode=fast)

    return {
        "torch.autograd.gradcheck, all partials": lambda: run(False),
        "torch.autograd.gradcheck, fast mode: one projection": lambda: run(True),
    }


def scipy_checks() -> dict[str, Callable[[], object]]:
    """SciPy's 2-point differences of all partials, one side."""
    from scipy.optimize._numdiff import approx_derivative

    network, inputs, targets = problem(BOOK, 10)
    shapes = [array.shape for array in network.parameters]
    ends = np.cumsum([array.size for array in network.parameters])[:-1]

    def cost(flat: np.ndarray) -> float:
        arrays = [
            piece.reshape(shape) for piece, shape in zip(np.split(flat, ends), shapes, strict=True)
        ]
        return float(network.with_parameters(arrays).cost(inputs, targets))

    flat = np.concatenate([array.ravel() for array in network.parameters])
    return {
        "scipy approx_derivative, 2-point": lambda: approx_derivative(cost, flat, method="2-point")
    }


def jax_checks() -> dict[str, Callable[[], object]]:
    """JAX's check_grads: one random direction."""
    import jax
    from jax.test_util import check_grads

    jax.config.update("jax_enable_x64", True)
    network, inputs, targets = problem(BOOK, 10)

    def cost(*arrays: "jax.Array") -> "jax.Array":
        activations = inputs
        for weights, biases in zip(arrays[0::2], arrays[1::2], strict=True):
            activations = jax.nn.sigmoid(weights @ activations + biases)
        return ((activations - targets) ** 2).sum() / (2 * targets.shape[1])

    compiled = jax.jit(cost)
    arrays = tuple(jax.numpy.asarray(array) for array in network.parameters)
    return {
        "jax check_grads: one random direction": lambda: check_grads(
            compiled, arrays, order=1, modes="rev"
        )
    }


PEERS = {"torch": torch_checks, "scipy": scipy_checks, "jax": jax_checks}


def peer_rows() -> list[tuple[str, ...]]:
    """Our checker and others, on the book's network with a batch of 10."""
    ours = seconds(check(BOOK, 10, "batched"), 15)
    rows: list[tuple[str, ...]] = [
        ("gradcheck, all partials, both sides, error bars", f"{ours:.3g}", "1")
    ]
    for package, checks in PEERS.items():
        if importlib.util.find_spec(package) is None:
            rows.append((f"{package} is not installed", "", ""))
            continue
        for name, run in checks().items():
            took = seconds(run, 3)
            rows.append((name, f"{took:.3g}", f"{took / ours:.3g}"))
    return rows


def resident_rows() -> list[tuple[str, ...]]:
    """Peak resident memory of the command in a process of its own (POSIX)."""
    rows: list[tuple[str, ...]] = []
    for batch_size in (1, 10, 30):
        command = [sys.executable, "-m", "gradcheck.cli", "verify", "--json"]
        arguments = ["--sizes", ",".join(map(str, MILLION)), "--batch-size", str(batch_size)]
        child = subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL)
        kibibytes = os.wait4(child.pid, 0)[2].ru_maxrss
        if sys.platform == "darwin":
            kibibytes //= 1024
        rows.append(("-".join(map(str, MILLION)), str(batch_size), f"{kibibytes / 1024:.0f}"))
    return rows


def _print(part: Part) -> None:
    print(plain_text([part]), end="\n\n", flush=True)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["engines", "growth", "blocks", "peers", "memory"])
    only = parser.parse_args().only
    cores = os.cpu_count() or 1
    _print(Sentence(describe()))
    tables: dict[str, Callable[[], Table]] = {
        # This comes first: a child process counts the memory of the parent that starts it.
        "memory": lambda: Table(
            "Peak resident memory of gradcheck verify, MiB",
            ("network", "batch", "MiB"),
            tuple(resident_rows()),
        ),
        "engines": lambda: Table(
            "All partials with (46), both sides, error bars: seconds",
            ("network", "batch", "parameters", "batched", "one by one", "ratio", "limit", "x"),
            tuple(engine_rows(cores)),
        ),
        "growth": lambda: Table(
            "784-width-10, batch 10: the engine alone, both sides",
            ("width", "parameters", "seconds", "ns an activation"),
            tuple(growth_rows()),
        ),
        "blocks": lambda: Table(
            "Some weights of layer 1, the engine alone in one thread: milliseconds",
            (
                "network",
                "batch",
                "part",
                "numbers\na neuron",
                "of one\nneuron",
                "of several",
                "as chosen",
            ),
            tuple(block_rows()),
        ),
        "peers": lambda: Table(
            "784-30-10, batch 10, float64: one check",
            ("checker", "seconds", "ratio to ours"),
            tuple(peer_rows()),
        ),
    }
    for name, table in tables.items():
        if only in (None, name):
            _print(table())


if __name__ == "__main__":
    main()
