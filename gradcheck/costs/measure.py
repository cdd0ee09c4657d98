"""Backprop against (46), on paper and on the clock."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import (
    LECTURE,
    Case,
    CostRow,
    Measured,
)
from gradcheck.costs.timing import (
    LEAST_SAMPLES,
    Clock,
    Ratio,
    Timing,
    garbage_kept,
    repeated,
    side_by_side,
)
from gradcheck.engines.batched import Batched
from gradcheck.engines.engine import (
    Engine,
    flat_entries,
    steps_for,
)
from gradcheck.engines.one_by_one import (
    OneByOne,
)
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import Array, HostArray, Place, place
from nets.book import loop_backprop
from nets.errors import BadInput
from nets.network import Network

__all__ = ["all_partials", "compare_costs"]

# How a row's share of the time is spent: clock, (46) one by one, (46) batched.
SHARES = (0.4, 0.3, 0.3)
# (46) is measured in pieces of the parameters, of so few entries at first, then of more, while
# the budget has room for WANTED_PIECES of them, and no more often than MOST_PIECES. One by one
# takes many short ones, between which other programs can run; the batched engine needs much at
# once to be itself.
FIRST_ENTRIES = 10
WANTED_PIECES = {"one-by-one": 300, "batched": 10}
MOST_PIECES = 1000
# Beside each piece backprop is repeated for this part of the piece's time.
BESIDE = 0.25
# The book's loop is timed on this many examples at the most, and scaled.
LOOP_EXAMPLES = 50
# Rows and columns of a product that is large for the device.
PRODUCT = {"cpu": 384, "gpu": 4096}
SAMPLE_SEED = 0


def compare_costs(
    cases: Iterable[Case] = LECTURE,
    *,
    threads: int = 1,
    budget: float = 20.0,
    activation: str = "sigmoid",
    dtype: str = "float64",
    device: str = "cpu",
    seed: int = 0,
    progress: Callable[[Case], None] | None = None,
) -> Comparison:
    """Measure what backprop and (46) cost.

    Args:
        cases: networks and mini-batches, a row each.
        threads: threads for BLAS and for the batched engine.
        budget: seconds for all rows together, about.
        activation: of the networks; the cost is quadratic.
        dtype: of forward and backprop; (46) is evaluated in float64, as a check would.
        device: ``cpu``, or ``gpu`` for CuPy on the first GPU.
        seed: of networks and inputs.
        progress: called with each case before it is measured.

    Raises:
        BadInput: no cases, or a budget or a number of threads that is not positive.
        CompareInterrupted: Ctrl-C, once the rows are being measured.

    """
    chosen = tuple(cases)
    if not chosen:
        raise BadInput("no networks to compare; give at least one")
    if not (math.isfinite(budget) and budget > 0.0):
        raise BadInput(f"a budget of {budget} seconds measures nothing; give a positive number")
    if threads < 1:
        raise BadInput(f"{threads} threads do nothing; give at least 1")
    where = place(device, dtype)
    rows: list[CostRow] = []
    with threadpool_limits(threads, user_api="blas"):
        product_rate = _product_rate(where, device, budget / 20)
        share = 0.95 * budget / len(chosen)
        try:
            for case in chosen:
                if progress is not None:
                    progress(case)
                rows.append(
                    _measure(case, threads, share, activation, where, device, seed, product_rate)
                )
        except KeyboardInterrupt:
            finished = Comparison(tuple(rows), threads, product_rate, _blas_name())
            raise CompareInterrupted(finished) from None
        return Comparison(tuple(rows), threads, product_rate, _blas_name())


def _blas_name() -> str:
    return ", ".join(
        f"{info['internal_api']} {info.get('version')} ({info.get('architecture', 'unknown')})"
        for info in threadpool_info()
        if info["user_api"] == "blas"
    )


def _product_rate(where: Place, device: str, budget: float) -> float:
    """Multiply-adds a second of a large matrix product."""
    generator = np.random.default_rng(SAMPLE_SEED)
    size = PRODUCT[device]
    left, right = (where.put(generator.random((size, size))) for _ in range(2))
    works = {"product": lambda: left @ right}
    timing = side_by_side(works, budget=budget, device=device)["product"]
    return float(size**3 / timing.median)


def _measure(
    case: Case,
    threads: int,
    budget: float,
    activation: str,
    where: Place,
    device: str,
    seed: int,
    product_rate: float,
) -> CostRow:
    network = Network.create(case.sizes, activation=activation, seed=seed, where=where)
    generator = np.random.default_rng([seed, 1])
    inputs = where.put(generator.random((case.sizes[0], case.batch_size)))
    targets = where.put(generator.random((case.sizes[-1], case.batch_size)))
    clock, one_by_one, batched = (share * budget for share in SHARES)

    examples = min(case.batch_size, LOOP_EXAMPLES)
    few = slice(0, examples)
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

    timings = side_by_side(
        {
            "forward": lambda: network.cost(inputs, targets),
            "backprop": lambda: network.backprop(inputs, targets),
            "products": multiply,
            "activations": activate,
            "derivatives": differentiate,
            "loop": lambda: loop_backprop(network, inputs[:, few], targets[:, few]),
        },
        budget=clock,
        device=device,
    )
    # The clock of the host, which all_partials reads, sees no more of a GPU than the launching.
    beside = None if device == "gpu" else partial(network.backprop, inputs, targets)
    double = network.with_dtype("float64")
    exact = where.with_dtype("float64")
    xp = exact.namespace
    inputs, targets = xp.astype(inputs, exact.dtype), xp.astype(targets, exact.dtype)

    def cost(arrays: Sequence[Array]) -> Array:
        return double.with_parameters(arrays).cost(inputs, targets)

    return CostRow(
        case=case,
        device=device,
        dtype=where.dtype_name,
        forward=timings["forward"],
        backprop=timings["backprop"],
        book_loop=Measured(
            timings["loop"].scaled(case.batch_size / examples), examples < case.batch_size
        ),
        one_by_one=all_partials(
            OneByOne(cost, double.parameters), double, one_by_one, beside=beside
        ),
        batched=all_partials(Batched(double, inputs, targets, threads=threads), double, batched),
        product_rate=product_rate,
        product_seconds=timings["products"].median,
        activation_seconds=timings["activations"].median,
        derivative_seconds=timings["derivatives"].median,
    )


def all_partials(
    engine: Engine,
    network: Network,
    budget: float,
    clock: Clock = time.perf_counter,
    *,
    beside: Callable[[], object] | None = None,
) -> Measured:
    """Measure how long (46) takes for all parameters, piece by piece.

    A piece is a share of each array's entries, and its seconds are scaled to all of them, so that
    each is a sample of the same time. In the end every entry has had its turn, where the budget
    suffices for that; otherwise the time is an estimate.

    Args:
        engine: what evaluates the cost.
        network: whose parameters are moved.
        budget: seconds, about; five pieces are measured even so.
        clock: the time in seconds.
        beside: what (46) is compared with, called after each piece, so that whatever slows the
            machine for a while slows both.

    """
    scheme = SCHEMES["forward"]
    sizes = [int(array.size) for array in network.parameters]

    def evaluate(which: int, entries: HostArray) -> None:
        steps = steps_for(flat_entries(network.parameters[which], entries), scheme.epsilon)
        changes = engine.cost_changes(which, entries, steps, [1.0])
        float(changes[0, 0])  # a GPU has finished only when a number has come back

    def whole_from(piece: int, pieces: int) -> float:
        """Seconds of one of so many pieces, scaled to all entries."""
        seconds = 0.0
        for which, size in enumerate(sizes):
            start = size * piece // pieces
            # Of an array with fewer entries than pieces, a piece has one all the same.
            stop = max(start + 1, size * (piece + 1) // pieces)
            before = clock()
            evaluate(which, np.arange(start, stop))
            seconds += (clock() - before) * size / (stop - start)
        return seconds

    pieces = max(1, sum(sizes) // FIRST_ENTRIES)
    with garbage_kept():
        whole_from(0, pieces)  # to warm up
        whole = whole_from(0, pieces)
        while pieces > 1 and 2 * whole / pieces <= budget / WANTED_PIECES[engine.name]:
            pieces = math.ceil(pieces / 2)
            whole = whole_from(0, pieces)
        least = max(LEAST_SAMPLES, pieces if whole <= budget else 0)
        samples: list[float] = []
        ratios: list[float] = []
        begun = clock()
        while len(samples) < least or (clock() - begun < budget and len(samples) < MOST_PIECES):
            whole = whole_from(len(samples) % pieces, pieces)
            samples.append(whole)
            if beside is not None:
                ratios.append(whole / repeated(beside, BESIDE * whole / pieces, clock))
    times = Ratio.of(ratios) if ratios else None
    return Measured(Timing.of(samples), len(samples) < pieces, times)
