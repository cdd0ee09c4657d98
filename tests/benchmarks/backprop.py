"""Forward and backprop against other libraries: ``python -m tests.benchmarks.backprop``.

All libraries get the same network, data, dtype and number of threads, in one run. PyTorch (eager)
and JAX (jit) are timed if they are installed. With one thread the libraries are timed in turns.
With several threads each library has a process of its own, one after the other. If OpenBLAS uses
older kernels than the processor allows, a second table shows the times with the newer ones.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from gradcheck.commands.doctor_software import blas_libraries, has_avx512
from gradcheck.costs.timing import side_by_side
from gradcheck.show.text import Table, plain_text
from nets.network import Network
from tests.benchmarks.checker import problem
from tests.benchmarks.machine import describe

CASES = (
    ((784, 30, 10), (1, 10, 100, 1000)),
    ((784, 1000, 1000, 10), (10, 256)),
)
LIBRARIES = ("ours", "torch", "jax")
# With fewer examples most of the time passes between the operations.
LEAST_BATCH = 10
Work = Callable[[], object]


def ours(network: Network, inputs: np.ndarray, targets: np.ndarray) -> dict[str, Work]:
    """Our forward pass to the cost, and our backprop."""
    return {
        "forward": lambda: network.cost(inputs, targets),
        "backprop": lambda: network.backprop(inputs, targets),
    }


def parts_of_backprop(network: Network, inputs: np.ndarray, targets: np.ndarray) -> dict[str, Work]:
    """Our backprop, and what it is made of: its matrix products, and its activation functions.

    What is left are sums, products entry by entry, and the calls themselves.
    """
    traces = network.forward(inputs)
    steps = network.backward(traces, targets)
    layers = list(zip(network.layers, traces, steps, strict=True))

    def products() -> None:
        for position, (layer, trace, step) in enumerate(layers):
            _ = layer.weights @ trace.upstream_activations
            _ = step.gradient_wrt_z @ trace.upstream_activations.T
            if position:
                _ = layer.weights.T @ step.gradient_wrt_z

    def activations() -> None:
        for layer, trace, _ in layers:
            layer.activation.value(trace.z)
            layer.activation.derivative(trace.z, trace.downstream_activations)

    backprop = ours(network, inputs, targets)["backprop"]
    return {"backprop": backprop, "products": products, "activations": activations}


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


def works_of(
    name: str, network: Network, inputs: np.ndarray, targets: np.ndarray, threads: int
) -> dict[str, Work]:
    """The forward pass and the backprop of one library."""
    if name == "torch":
        return torch_eager(network, inputs, targets, threads)
    return (ours if name == "ours" else jax_jit)(network, inputs, targets)


def measured(libraries: Sequence[str], threads: int, budget: float) -> list[dict[str, Any]]:
    """A record for each network, batch and pass: the median seconds of each library."""
    records = []
    for sizes, batch_sizes in CASES:
        for batch_size in batch_sizes:
            network, inputs, targets = problem(sizes, batch_size)
            sets = {name: works_of(name, network, inputs, targets, threads) for name in libraries}
            for kind in ("forward", "backprop"):
                timings = side_by_side(
                    {name: works[kind] for name, works in sets.items()}, budget=budget
                )
                seconds = {name: timing.seconds for name, timing in timings.items()}
                records.append({"case": (*sizes, batch_size, kind), "seconds": seconds})
    return records


def parts(threads: int, budget: float) -> list[dict[str, Any]]:
    """A record for each network and mini-batch of 10 and more: what our backprop is made of."""
    records = []
    with threadpool_limits(threads):
        for sizes, batch_sizes in CASES:
            for batch_size in batch_sizes:
                if batch_size < LEAST_BATCH:
                    continue
                works = parts_of_backprop(*problem(sizes, batch_size))
                timings = side_by_side(works, budget=budget)
                seconds = {name: timing.seconds for name, timing in timings.items()}
                records.append({"case": (*sizes, batch_size, "backprop"), "seconds": seconds})
    return records


def measured_apart(
    libraries: Sequence[str], threads: int, budget: float, kernels: str | None = None
) -> list[dict[str, Any]]:
    """The records of ``measured``, from new processes; with several threads one for each library.

    The threads of a library stay awake for a while after each call. In one process they would take
    the cores from the next library.
    """
    merged: list[dict[str, Any]] = []
    for group in [[name] for name in libraries] if threads > 1 else [libraries]:
        command = [sys.executable, "-m", "tests.benchmarks.backprop", "--only", ",".join(group)]
        command += ["--threads", str(threads), "--budget", str(budget)]
        # OpenBLAS reads these when it starts. Other libraries read the number of threads too.
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
        if threads == 1:  # JAX does not read OMP_NUM_THREADS
            environment["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
        if kernels is not None:
            environment["OPENBLAS_CORETYPE"] = kernels
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        records = json.loads(ended.stdout.splitlines()[-1])
        merged = merged or [{"case": each["case"], "seconds": {}} for each in records]
        for into, each in zip(merged, records, strict=True):
            into["seconds"].update(each["seconds"])
    return merged


def table(title: str, records: Sequence[dict[str, Any]]) -> Table:
    """The microseconds of each library, and our time divided by theirs."""
    rows = []
    for record in records:
        *sizes, batch_size, kind = record["case"]
        seconds = record["seconds"]
        cells = ["-".join(map(str, sizes)), str(batch_size), kind]
        for name in LIBRARIES:
            cells.append(f"{seconds[name] * 1e6:,.0f}" if name in seconds else "-")
        for name in LIBRARIES[1:]:
            cells.append(f"{seconds['ours'] / seconds[name]:.2f}" if name in seconds else "-")
        rows.append(tuple(cells))
    heads = ("network", "batch", "", *LIBRARIES, *(f"/ {name}" for name in LIBRARIES[1:]))
    return Table(title, heads, tuple(rows), left=3)


def parts_table(records: Sequence[dict[str, Any]], threads: int) -> Table:
    """The microseconds of our backprop, and which part of them its products and activations are."""
    rows = []
    for record in records:
        *sizes, batch_size, _ = record["case"]
        whole, products, activations = record["seconds"].values()
        rows.append(
            (
                "-".join(map(str, sizes)),
                str(batch_size),
                f"{whole * 1e6:,.0f}",
                f"{100 * products / whole:.0f} %",
                f"{100 * activations / whole:.0f} %",
                f"{100 * (whole - products - activations) / whole:.0f} %",
            )
        )
    heads = ("network", "batch", "backprop", "products", "activations", "the rest")
    return Table(f"What our backprop is made of, {threads} threads", heads, tuple(rows))


def main() -> None:
    """Measure, and print a table; print a second one if BLAS could use newer kernels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--budget", type=float, default=2.0, help="seconds for each row")
    parser.add_argument("--parts", action="store_true", help="what our own time is made of")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only is not None:
        with threadpool_limits(options.threads):
            records = measured(options.only.split(","), options.threads, options.budget)
        print(json.dumps(records))
        return
    if options.parts:
        print(describe(), flush=True)
        records = parts(options.threads, options.budget)
        print(plain_text([parts_table(records, options.threads)]), end="\n\n")
        return
    print(describe(), flush=True)
    libraries = [name for name in LIBRARIES if name == "ours" or installed(name)]
    kind = f"float64, {options.threads} threads: microseconds, and our time divided by theirs"
    loaded = blas_libraries(threadpool_info(), has_avx512())
    kernels = next((blas.better_kernels for blas in loaded if blas.better_kernels), None)
    runs: list[tuple[str, str | None]] = [(kind, None)]
    if kernels is not None:
        runs.append((f"The same with OPENBLAS_CORETYPE={kernels}", kernels))
    for title, chosen in runs:
        records = measured_apart(libraries, options.threads, options.budget, chosen)
        print(plain_text([table(title, records)]), end="\n\n", flush=True)
    if kernels is not None:
        print(
            "NumPy's OpenBLAS uses older kernels than this processor allows. The second table "
            "shows the same measurements with the newer kernels."
        )


if __name__ == "__main__":
    main()
