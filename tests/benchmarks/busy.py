"""Does cost-compare tell the same on a busy machine? ``python -m tests.benchmarks.busy``.

The rows of ``gradcheck cost-compare`` are measured three times: on the machine as it is, while
another program takes one core, and while backprop really is slower (a part of it is done twice).
The second run should say the same as the first, the third should not. Beside them stands what the
medians of the wall clock say of the same works, which is how many programs measure.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from gradcheck.costs.cost_row import LECTURE, Case
from gradcheck.costs.measure import compare_costs
from gradcheck.costs.sampled_time import Ratio
from gradcheck.costs.timing import cpu_clock, side_by_side
from gradcheck.show.text import Sentence, Table, plain_text
from nets.network import Network
from tests.benchmarks.machine import describe

# A ratio that is within this part of the quiet one counts as the same.
SAME = 0.15
# Seconds for the works of one row.
ROW_SECONDS = 0.6
# What takes one core: products of matrices that fill the caches, without end.
OTHER_PROGRAM = """
import numpy
a = numpy.random.default_rng(0).random((500, 500))
while True:
    b = a @ a
"""


@contextmanager
def other_program() -> Iterator[None]:
    """Another program that takes one core."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM], env={"OPENBLAS_NUM_THREADS": "1"}
    )
    try:
        time.sleep(1.0)
        yield
    finally:
        process.kill()
        process.wait()


def works(case: Case, slower: bool) -> dict[str, Callable[[], object]]:
    """Forward and backprop of a row; a slower backprop does its forward pass twice."""
    network = Network.create(case.sizes, seed=0)
    generator = np.random.default_rng(1)
    inputs = generator.random((case.sizes[0], case.batch_size))
    targets = generator.random((case.sizes[-1], case.batch_size))

    def backprop() -> None:
        if slower:
            network.forward(inputs)
        network.backprop(inputs, targets)

    return {"forward": lambda: network.cost(inputs, targets), "backprop": backprop}


def median_ratio(case: Case) -> float:
    """The ratio of the medians of the wall clock, with the works timed in turns."""
    both = list(works(case, slower=False).values())
    samples: list[list[float]] = [[], []]
    begun = time.perf_counter()
    while time.perf_counter() - begun < ROW_SECONDS or len(samples[0]) < 5:
        for work, seconds in zip(both, samples, strict=True):
            before = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - before)
    return statistics.median(samples[1]) / statistics.median(samples[0])


def ours(case: Case, *, slower: bool = False) -> Ratio:
    """The ratio as ``gradcheck cost-compare`` measures it."""
    timings = side_by_side(
        works(case, slower), budget=ROW_SECONDS, clock=cpu_clock(), wall=time.perf_counter
    )
    return timings["backprop"].over(timings["forward"])


def whole_command(quiet: bool) -> dict[Case, float]:
    """The ratios that ``compare_costs`` gives; NaN where it says that they are too noisy."""
    with nullcontext() if quiet else other_program():
        rows = compare_costs(budget=9.0).rows
    ratios = {row.case: row.backprop.over(row.forward) for row in rows}
    return {case: ratio.value if ratio.steady else float("nan") for case, ratio in ratios.items()}


def row(case: Case, found: Sequence[Any]) -> tuple[str, ...]:
    """A row of the table."""
    return (
        "-".join(map(str, case.sizes)),
        str(case.batch_size),
        *(each.text() if isinstance(each, Ratio) else f"{each:.2f}" for each in found),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 if at least all rows but one are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args(arguments)
    print(describe())
    with threadpool_limits(1, user_api="blas"):
        quiet = {
            case: (ours(case), ours(case, slower=True), median_ratio(case)) for case in LECTURE
        }
        with other_program():
            busy = {case: (ours(case), median_ratio(case)) for case in LECTURE}
    commands = whole_command(quiet=True), whole_command(quiet=False)
    rows = [
        row(case, (*quiet[case], *busy[case], *(command[case] for command in commands)))
        for case in LECTURE
    ]
    same = sum(abs(commands[1][case] / commands[0][case] - 1.0) <= SAME for case in LECTURE)
    medians = sum(abs(busy[case][1] / quiet[case][2] - 1.0) <= SAME for case in LECTURE)
    told = sum(quiet[case][1].low > quiet[case][0].high for case in LECTURE)
    heads = (
        "network",
        "batch",
        "quiet",
        "slower",
        "quiet,\nmedian",
        "busy",
        "busy,\nmedian",
        "command,\nquiet",
        "command,\nbusy",
    )
    print(plain_text([Table("Backprop in forward passes", heads, tuple(rows))]))
    sentences = [
        f"Within 15 % of the quiet run on the busy machine: {same} of {len(LECTURE)} rows of the "
        f"command, {medians} by medians of the wall clock.",
        f"The slower backprop is told in {told} of {len(LECTURE)} rows.",
    ]
    print(plain_text([Sentence(sentence) for sentence in sentences]))
    return 0 if same >= len(LECTURE) - 1 and told == len(LECTURE) else 1


if __name__ == "__main__":
    sys.exit(main())
