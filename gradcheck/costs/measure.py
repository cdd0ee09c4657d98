"""The measurement of backprop and (46): ``compare_costs``."""

import time
from collections.abc import Callable, Iterable

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from gradcheck.costs.checked_cases import expect_some_work
from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import LECTURE, Case, CostRow
from gradcheck.costs.measured_row import Bench, measured_row
from gradcheck.costs.timing import Clock, cpu_clock, side_by_side
from nets.activations import ACTIVATIONS
from nets.arrays import Place, place
from nets.errors import expect_function, expect_one_of, expect_whole, listed

__all__ = ["compare_costs"]

# Parts of the budget: for the rate of a large product, and for all the rows.
PRODUCT_SHARE, ROWS_SHARE = 0.05, 0.95
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
        bench = Bench(where, device, threads, activation, seed, seconds, rate, clock)
        return _measured_rows(chosen, bench, progress, finished)


def _measured_rows(
    cases: Iterable[Case],
    bench: Bench,
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
            rows.append(measured_row(case, bench))
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
