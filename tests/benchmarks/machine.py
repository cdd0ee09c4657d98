"""The machine on which a figure was measured, and the rates that limit the figure."""

import os
import platform
import statistics
import time
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

__all__ = ["activation_rate", "describe", "product_rate", "seconds"]


def describe() -> str:
    """Processor, cores, versions and BLAS, in a line or two."""
    blas = ", ".join(
        f"{info['internal_api']} {info.get('version')} ({info.get('architecture')}, "
        f"{info['num_threads']} threads)"
        for info in threadpool_info()
        if info["user_api"] == "blas"
    )
    return (
        f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}, "
        f"NumPy {np.__version__}, {blas}"
    )


def seconds(work: Callable[[], object], repeats: int) -> float:
    """The median seconds of some calls; if there are several, one more is made to warm up."""
    if repeats > 1:
        work()
    times = []
    for _ in range(repeats):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def activation_rate(function: Callable[[np.ndarray], object]) -> float:
    """Activations per second on one core, with all arrays in its cache."""
    z = np.random.default_rng(0).standard_normal(8192) * 3
    return 8192 / seconds(lambda: function(z), 400)


def product_rate(rows: int, inner: int, columns: int) -> float:
    """Multiply-adds per second of (rows, inner) @ (inner, columns), on one core."""
    generator = np.random.default_rng(0)
    left = generator.standard_normal((rows, inner))
    right = generator.standard_normal((inner, columns))
    with threadpool_limits(1):
        return rows * inner * columns / seconds(lambda: left @ right, 60)
