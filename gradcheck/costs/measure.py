"""The measurement of backprop and (46): ``compare_costs``."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from gradcheck.costs.all_partials import all_partials
from gradcheck.costs.checked_cases import expect_some_work
from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import LECTURE, Case, CostRow, Measured
from gradcheck.costs.timing import Clock, Timing, cpu_clock, side_by_side
from gradcheck.engines.kinds import ENGINES
from nets.activations import ACTIVATIONS
from nets.arrays import Array, Place, place
from nets.book import loop_backprop
from nets.errors import expect_function, expect_one_of, expect_whole, listed
from nets.network import Network

__all__ = ["compare_costs"]

# Parts of the budget: for the rate of a large product, and for all the rows.
PRODUCT_SHARE, ROWS_SHARE = 0.05, 0.95
# Parts of a row's time: for forward and backprop with their parts, for the book's loop, and for
# each of the two engines. The passes get most of it, because the comparison is about their ratio.
PASSES_SHARE, LOOP_SHARE, ENGINE_SHARE = 0.4, 0.1, 0.25
# Examples. The book's loop takes the same time for each of them, so at most this many are timed,
# and the time is scaled.
LOOP_EXAMPLES = 50
# Rows and columns of the product that stands for the full rate of a device. A much smaller one
# would not reach that rate; a larger one takes longer to measure.
PRODUCT = {"cpu": 384, "gpu": 4096}
# Draws the numbers in the large product; its time does not depend on them.
PRODUCT_SEED = 0


def compare_costs(
    cases: Iterable[Case] = LECTURE,
    *,
    threads: int = 1,
    budget: float = 10.0,
    activation: str = "sigmoid",
    dtype: str = "float64",
    device: str = "cpu",
    seed: int = 0,
    progress: Callable[[Case], None] | None = None,
    finished: Callable[[CostRow], None] | None = None,
) -> Comparison:
    """Measure what backprop and (46) cost.

    With one thread the seconds are CPU time, which does not pass while another program has the
    processor.

    Args:
        cases: networks and mini-batches, one for each row.
        threads: how many threads BLAS and the batched engine use.
        budget: seconds for all rows together, about.
        activation: the activation of the networks; their cost is quadratic.
        dtype: of forward and backprop; (46) is computed in float64, as in a check.
        device: ``cpu``, or ``gpu`` for CuPy on the first GPU.
        seed: draws the networks and the inputs.
        progress: called with each case before it is measured.
        finished: called with each row as soon as it is measured.

    Raises:
        BadInput: there are no cases, or the budget or the number of threads is not positive.
        CompareInterrupted: Ctrl-C was pressed while the rows were being measured.

    """
    chosen = listed("cases", cases, "gradcheck.Case")
    expect_some_work(chosen, budget, threads)
    expect_one_of("activation", activation, ACTIVATIONS)
    expect_whole("seed", seed, least=0)
    expect_function("progress", progress, optional=True)
    expect_function("finished", finished, optional=True)
    where = place(device, dtype)
    with threadpool_limits(threads, user_api="blas"):
        clock = time.perf_counter if device == "gpu" else cpu_clock(threads)
        rate = _product_rate(where, device, PRODUCT_SHARE * budget, clock)
        seconds = ROWS_SHARE * budget / len(chosen)
        bench = _Bench(where, device, threads, activation, seed, seconds, rate, clock)
        return _measured_rows(chosen, bench, progress, finished)


def _measured_rows(
    cases: Iterable[Case],
    bench: "_Bench",
    progress: Callable[[Case], None] | None,
    finished: Callable[[CostRow], None] | None,
) -> Comparison:
    """Measure the rows, one after the other.

    Raises:
        CompareInterrupted: on Ctrl-C, with the rows that were finished.

    """
    rows: list[CostRow] = []

    def comparison() -> Comparison:
        return Comparison(tuple(rows), bench.threads, bench.product_rate, _blas_name())

    try:
        for case in cases:
            if progress is not None:
                progress(case)
            rows.append(_measure(case, bench))
            if finished is not None:
                finished(rows[-1])
    except KeyboardInterrupt:
        raise CompareInterrupted(comparison()) from None
    return comparison()


def _blas_name() -> str:
    return ", ".join(
        f"{info['internal_api']} {info.get('version')} ({info.get('architecture', 'unknown')})"
        for info in threadpool_info()
        if info["user_api"] == "blas"
    )


def _product_rate(where: Place, device: str, budget: float, clock: Clock) -> float:
    """Multiply-adds per second of a large matrix product."""
    generator = np.random.default_rng(PRODUCT_SEED)
    size = PRODUCT[device]
    left, right = (where.put(generator.random((size, size))) for _ in range(2))
    works = {"product": lambda: left @ right}
    timings = side_by_side(works, budget=budget, clock=clock, wall=time.perf_counter, device=device)
    return float(size**3 / timings["product"].seconds)


@dataclass(frozen=True)
class _Bench:
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


def _measure(case: Case, bench: _Bench) -> CostRow:
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
    network: Network, inputs: Array, targets: Array, bench: _Bench
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
