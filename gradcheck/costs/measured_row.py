"""The measurement of one row: backprop and (46) for one network and mini-batch."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from gradcheck.costs.all_partials import all_partials
from gradcheck.costs.cost_row import Case, CostRow, Measured
from gradcheck.costs.sampled_time import Timing
from gradcheck.costs.timing import Clock, side_by_side
from gradcheck.engines.kinds import ENGINES
from nets.arrays import Array, Place
from nets.book import loop_backprop
from nets.network import Network

__all__ = ["Bench", "measured_row"]

# Parts of a row's time: for forward and backprop with their parts, for the book's loop, and for
# each of the two engines. The passes get most of it, because the comparison is about their ratio.
PASSES_SHARE, LOOP_SHARE, ENGINE_SHARE = 0.4, 0.1, 0.25
# Examples. The book's loop takes the same time for each of them, so at most this many are timed,
# and the time is scaled.
LOOP_EXAMPLES = 50


@dataclass(frozen=True)
class Bench:
    """What all rows are measured with.

    Attributes:
        where: the device and the dtype of the arrays.
        device: ``cpu`` or ``gpu``.
        threads: how many threads the batched engine uses.
        activation: of the networks.
        seed: draws the networks and the inputs.
        seconds: for each row, about.
        product_rate: multiply-adds per second of a large matrix product.
        clock: gives the time of the work, in seconds.

    """

    where: Place
    device: str
    threads: int
    activation: str
    seed: int
    seconds: float
    product_rate: float
    clock: Clock

    def times(self, works: Mapping[str, Callable[[], object]], share: float) -> dict[str, Timing]:
        """Time some works in turns, for this part of a row's seconds."""
        seconds = share * self.seconds
        return side_by_side(
            works, budget=seconds, clock=self.clock, wall=time.perf_counter, device=self.device
        )

    def problem(self, case: Case) -> tuple[Network, Array, Array]:
        """A random network, inputs (n_input, batch) and targets (n_output, batch)."""
        network = Network.create(
            case.sizes, activation=self.activation, seed=self.seed, where=self.where
        )
        generator = np.random.default_rng([self.seed, 1])
        inputs = self.where.put(generator.random((case.sizes[0], case.batch_size)))
        targets = self.where.put(generator.random((case.sizes[-1], case.batch_size)))
        return network, inputs, targets


def measured_row(case: Case, bench: Bench) -> CostRow:
    """Measure one row."""
    network, inputs, targets = bench.problem(case)
    examples = min(case.batch_size, LOOP_EXAMPLES)
    timings = bench.times(_works(network, inputs, targets), PASSES_SHARE)
    some = inputs[:, :examples], targets[:, :examples]
    loop = bench.times({"loop": lambda: loop_backprop(network, *some)}, LOOP_SHARE)["loop"]
    one_by_one, batched = _both_engines(network, inputs, targets, bench)
    return CostRow(
        case=case,
        device=bench.device,
        dtype=bench.where.dtype_name,
        forward=timings["forward"],
        backprop=timings["backprop"],
        book_loop=Measured(
            loop.scaled(case.batch_size / examples), estimated=examples < case.batch_size
        ),
        one_by_one=one_by_one,
        batched=batched,
        product_rate=bench.product_rate,
        product_seconds=timings["products"].seconds,
        activation_seconds=timings["activations"].seconds,
        derivative_seconds=timings["derivatives"].seconds,
    )


def _works(network: Network, inputs: Array, targets: Array) -> dict[str, Callable[[], object]]:
    """What is timed in turns: both passes, and their parts."""
    traces = network.forward(inputs)

    def multiply() -> None:
        for layer, trace in zip(network.layers, traces, strict=True):
            layer.weights @ trace.upstream_activations

    def activate() -> None:
        for layer, trace in zip(network.layers, traces, strict=True):
            layer.activation.value(trace.z)

    def differentiate() -> None:
        for layer, trace in zip(network.layers, traces, strict=True):
            layer.activation.derivative(trace.z, trace.downstream_activations)

    return {
        "forward": lambda: network.cost(inputs, targets),
        "backprop": lambda: network.backprop(inputs, targets),
        "products": multiply,
        "activations": activate,
        "derivatives": differentiate,
    }


def _both_engines(
    network: Network, inputs: Array, targets: Array, bench: Bench
) -> tuple[Measured, Measured]:
    """Time (46) for all parameters in float64: one by one, in turns with backprop, and batched."""
    double = network.with_dtype("float64")
    xp = bench.where.namespace
    mini_batch = xp.astype(inputs, xp.float64), xp.astype(targets, xp.float64)
    # On a GPU the host's clock sees only how long backprop takes to launch, so no ratio is formed.
    beside = None if bench.device == "gpu" else partial(network.backprop, inputs, targets)

    def timed(name: str, beside: Callable[[], object] | None) -> Measured:
        kind = ENGINES[name]
        engine = kind.start(double, *mini_batch, threads=1 if kind.full_passes else bench.threads)
        seconds = ENGINE_SHARE * bench.seconds
        return all_partials(
            engine,
            double,
            seconds,
            full_passes=kind.full_passes,
            beside=beside,
            clock=bench.clock,
            wall=time.perf_counter,
        )

    return timed("one-by-one", beside), timed("batched", None)
