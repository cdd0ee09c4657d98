"""What does a cluster bring? ``python -m tests.benchmarks.cluster``; ``--plot FILE.svg`` draws it.

First it measures, on this computer: a check of 784-1000-200-10 with two threads, with one worker
process and with two; what the client does alone; what a task costs Dask's scheduler; how fast
pieces and networks get to a worker; how much memory a worker holds; and grading with one worker and
with two.

Then it simulates, with these costs, up to 1,000 workers. The simulation has one scheduler, which
handles one task after the other, one line to the client, through which all results pass one after
the other, and workers that pass the network on to each other. It knows nothing of slow workers, of
a network between computers that is slower than this one, or of workers that start late.
"""

import argparse
import heapq
import math
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.check import check_network
from gradcheck.cluster.dask_executor import DaskExecutor
from gradcheck.cluster.exchange import Exchange
from gradcheck.cluster.join import joined
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.show.figures import save_figure
from gradcheck.show.text import Part, Sentence, Table, plain_text
from nets.shapes import parameter_count
from tests.benchmarks.checker import problem
from tests.benchmarks.machine import describe
from tests.gradcheck.homework.students import FOLDER, submission

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MILLION = (784, 1000, 200, 10)
BATCH = 10
REPEATS = 3  # of each timing; the median counts
TASKS = 2000  # that do nothing, to time the scheduler
SUBMISSIONS = 12
MEGABYTE = 1e6

# What is simulated: networks like the one that is measured, with a wider first hidden layer, so
# that each of their entries costs the same.
PARAMETERS = (10**6, 10**7, 10**8)
CLASS = 12_000
WORKERS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# Seconds of work in a piece that the simulation tries.
PIECES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
BYTES_SENT = 8.0  # for each entry: its step
BYTES_BACK = 16.0  # for each entry: two cost changes
SUBMISSION_BYTES = 20_000.0  # a file of a student, and a row


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds and bytes.

    Attributes:
        entry: seconds of a worker for one entry, both sides, batch 10.
        client: seconds of the client for one entry: noise, error bars, verdicts.
        task: seconds of scheduler and client for one task.
        rate: bytes a second between a worker and the client.
        graded: seconds of a worker for one submission.

    """

    entry: float
    client: float
    task: float
    rate: float
    graded: float


# What is measured here.


@dataclass(frozen=True)
class Nothing:
    """A job that returns what it gets."""

    def started(self) -> Callable[[Any, threading.Event], Any]:
        return _same


def _same(piece: Any, stop: threading.Event) -> Any:
    return piece


@dataclass
class Waited:
    """Seconds that the client waited for workers, and pieces that it got."""

    seconds: float = 0.0
    pieces: int = 0


@contextmanager
def waiting_measured() -> Iterator[Waited]:
    """Measure, while this lasts, how long exchanges take."""
    waited, usual = Waited(), Exchange.results

    def results(exchange: Exchange, pieces: Any) -> Any:
        before = time.perf_counter()
        for each in usual(exchange, pieces):
            waited.pieces += 1
            yield each
        waited.seconds += time.perf_counter() - before

    Exchange.results = results  # type: ignore[method-assign, assignment]
    try:
        yield waited
    finally:
        Exchange.results = usual  # type: ignore[method-assign]


def seconds_of_check(sizes: Sequence[int], **how: Any) -> float:
    asked = problem(sizes, BATCH)
    before = time.perf_counter()
    check_network(*asked, **how)
    return time.perf_counter() - before


def resident(executor: DaskExecutor) -> list[float]:
    """The megabytes that the memory of each worker has reached, at the most."""
    return [peak / MEGABYTE for peak in executor.client.run(_peak).values()]


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def seconds_of_task(executor: Executor) -> float:
    exchange = Exchange(executor, Nothing())
    list(exchange.results(range(100)))
    before = time.perf_counter()
    list(exchange.results(range(TASKS)))
    return (time.perf_counter() - before) / TASKS


def bytes_a_second(executor: Executor) -> float:
    """There and back."""
    exchange, sent = Exchange(executor, Nothing()), [np.zeros(2**17) for _ in range(100)]
    list(exchange.results(sent[:10]))
    before = time.perf_counter()
    list(exchange.results(sent))
    return 2.0 * sum(each.nbytes for each in sent) / (time.perf_counter() - before)


def seconds_of_class(executor: Executor) -> float:
    """The seconds of a class of ``SUBMISSIONS`` right ones."""
    text = (FOLDER / "book.py").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(SUBMISSIONS):
            Path(folder, f"student{number}.py").write_text(text, encoding="utf-8")
        handed_in, _ = find_submissions(Path(folder))
        task = Task.of(submission(Path(folder), "Network"))
        before = time.perf_counter()
        for each in grade(handed_in, task, executor=executor, wants_parts=False):
            assert each.row.verdict == "agree"
        return time.perf_counter() - before


@dataclass(frozen=True)
class Measured:
    """All that was measured: rows of the first table, and the costs for the simulation."""

    rows: tuple[tuple[str, str], ...]
    costs: Costs


def measure(sizes: Sequence[int]) -> Measured:
    """Measure checks, tasks, transfers, memory and grading with one worker and with two."""
    threads: list[float] = []
    workers: dict[int, list[float]] = {1: [], 2: []}
    waited: dict[int, list[float]] = {1: [], 2: []}
    with joined("local:2") as two, joined("local:1") as one:
        before = max(resident(two))
        pieces = 0
        for _ in range(REPEATS):  # in turns, since the load of a computer changes
            threads.append(seconds_of_check(sizes, threads=2))
            for count, executor in ((1, one), (2, two)):
                with waiting_measured() as found:
                    workers[count].append(seconds_of_check(sizes, executor=executor))
                waited[count].append(found.seconds)
                pieces = found.pieces
        memory = max(resident(two)) - before
        task, rate = seconds_of_task(two), bytes_a_second(two)
        graded = {1: seconds_of_class(one), 2: seconds_of_class(two)}
    here = statistics.median(threads)
    each = {count: statistics.median(times) for count, times in workers.items()}
    wait = {count: statistics.median(times) for count, times in waited.items()}
    entries = parameter_count(tuple(sizes))
    rows = (
        ("two threads here", f"{here:.2f} s"),
        ("one worker", f"{each[1]:.2f} s, {pieces / wait[1]:.1f} pieces a second"),
        ("two workers", f"{each[2]:.2f} s, {pieces / wait[2]:.1f} pieces a second"),
        ("two workers against one", f"{each[1] / each[2]:.2f} times as fast"),
        ("efficiency: two threads against two workers", f"{here / each[2]:.2f}"),
        ("the client alone, of the two workers' time", f"{each[2] - wait[2]:.2f} s"),
        ("pieces", f"{pieces}, {wait[1] / pieces * 1e3:.0f} ms of a worker each"),
        ("a task that does nothing", f"{task * 1e3:.2f} ms"),
        ("transfer, there and back", f"{rate / MEGABYTE:,.0f} MB a second"),
        ("memory of a worker beyond Python and imports", f"{memory:.0f} MB"),
        (f"grading {SUBMISSIONS}, one worker", f"{graded[1]:.1f} s"),
        (f"grading {SUBMISSIONS}, two workers", f"{graded[2]:.1f} s"),
    )
    client = max(0.0, each[2] - wait[2]) / entries
    costs = Costs(wait[1] / entries, client, task, rate, graded[1] / SUBMISSIONS)
    return Measured(rows, costs)


# What is simulated.


@dataclass(frozen=True)
class Work:
    """Work in pieces of equal size.

    Attributes:
        name: in tables.
        pieces: how many.
        seconds: of a worker for each.
        sent: bytes to and from the client for each.
        job: bytes that go to each worker once.
        alone: seconds of the client, in which no worker does anything.

    """

    name: str
    pieces: int
    seconds: float
    sent: float
    job: float
    alone: float


def simulated(work: Work, workers: int, costs: Costs) -> float:
    """The seconds that the work takes with so many workers."""
    # The job goes to one worker, from that to another, from these two to two more, ...
    spread = work.job / costs.rate * (1 + math.ceil(math.log2(workers)))
    free = [spread] * workers
    scheduler = line = 0.0
    for _ in range(work.pieces):
        scheduler += costs.task
        begun = max(heapq.heappop(free), scheduler)
        heapq.heappush(free, begun + work.seconds)
        line = max(line, begun + work.seconds) + work.sent / costs.rate
    return line + work.alone


def check_of(parameters: int, piece: float, costs: Costs) -> Work:
    """A check, in pieces of so many seconds."""
    entries = max(1, round(piece / costs.entry))
    pieces = -(-parameters // entries)
    each = parameters / pieces
    sent = (BYTES_SENT + BYTES_BACK) * each
    name = f"10^{round(math.log10(parameters))} parameters"
    return Work(name, pieces, each * costs.entry, sent, 8.0 * parameters, parameters * costs.client)


def class_of(submissions: int, costs: Costs) -> Work:
    """Grading, a piece for each submission."""
    name = f"{submissions:,} submissions"
    return Work(name, submissions, costs.graded, SUBMISSION_BYTES, SUBMISSION_BYTES, 0.0)


def best_check(parameters: int, workers: int, costs: Costs) -> tuple[float, float]:
    """The seconds of a check with the best of the piece sizes, and the seconds of such a piece."""
    return min(
        (simulated(check_of(parameters, piece, costs), workers, costs), piece) for piece in PIECES
    )


def simulation(costs: Costs) -> dict[str, list[tuple[float, float]]]:
    """The seconds, and the seconds of a piece, for each kind of work and each count of workers."""
    found = {
        check_of(parameters, 1.0, costs).name: [
            best_check(parameters, workers, costs) for workers in WORKERS
        ]
        for parameters in PARAMETERS
    }
    graded = class_of(CLASS, costs)
    found[graded.name] = [(simulated(graded, n, costs), graded.seconds) for n in WORKERS]
    return found


def tables(measured: Measured, found: dict[str, list[tuple[float, float]]]) -> list[Part]:
    """Both parts as tables."""
    costs = measured.costs
    head = ("workers", *(str(count) for count in WORKERS))
    times = ((name, *(f"{each:,.3g}" for each, _ in row)) for name, row in found.items())
    sizes = ((name, *(f"{piece:.3g}" for _, piece in row)) for name, row in found.items())
    return [
        Table("Measured on this computer", ("", ""), measured.rows, left=2),
        Sentence(
            f"Simulated from: {costs.entry * 1e6:.2f} us of a worker and {costs.client * 1e6:.2f} "
            f"us of the client for an entry, {costs.task * 1e3:.2f} ms for a task, "
            f"{costs.rate / MEGABYTE:,.0f} MB a second, {costs.graded:.2f} s for a submission."
        ),
        Table("Simulated: seconds", head, tuple(times)),
        Table("Simulated: seconds of work in a piece, the best size", head, tuple(sizes)),
    ]


def draw(found: dict[str, list[tuple[float, float]]]) -> "Figure":
    """Time against workers; the broken line is in proportion to 1 / workers."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.0, 5.0), layout="constrained")
    axes = figure.subplots()
    for name, row in found.items():
        times = [each for each, _ in row]
        line = axes.loglog(WORKERS, times, marker="o", label=name)[0]
        ideal = [times[0] / count for count in WORKERS]
        axes.loglog(WORKERS, ideal, linestyle="--", linewidth=0.8, color=line.get_color())
    axes.set_xlabel("workers")
    axes.set_ylabel("seconds")
    axes.set_title("Simulated from measured costs; broken: in proportion to 1 / workers")
    axes.legend()
    axes.grid(visible=True, which="major", alpha=0.3)
    return figure


def main() -> None:
    """Measure, simulate, print, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plot", type=Path, help="draw the simulation into this file")
    parser.add_argument("--sizes", default=",".join(map(str, MILLION)))
    options = parser.parse_args()
    print(describe(), flush=True)
    print(f"{os.getloadavg()[0]:.1f} processes ran before this one.", flush=True)
    measured = measure([int(size) for size in options.sizes.split(",")])
    found = simulation(measured.costs)
    print(plain_text(tables(measured, found)))
    if options.plot is not None:
        save_figure(draw(found), options.plot, plain_text(tables(measured, found)[2:]))


if __name__ == "__main__":
    main()
