"""What does a cluster bring? ``python -m tests.benchmarks.cluster``; ``--plot FILE.svg`` draws it.

First it measures, on this computer: a check of 784-1000-200-10 with two threads, with one worker
process and with two, in seconds and in CPU seconds; what a task costs Dask's scheduler; how fast
pieces and networks get to a worker; how much memory a worker holds; and grading with one worker and
with two.

Then it simulates, with these costs, up to 1,000 workers. The simulation has one scheduler, which
handles one task after the other, a client that receives and judges one piece after the other, and
workers that pass the network on to each other. It knows nothing of slow workers, of
a network between computers that is slower than this one, or of workers that start late.
"""

import argparse
import heapq
import math
import os
import re
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
from gradcheck.cluster.exchange import MOST_PIECES, Exchange
from gradcheck.cluster.join import joined
from gradcheck.engines.batched import MANY_AT_ONCE
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.show.figures import BLUE, GREEN, ORANGE, large_type, save_figure
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
BYTES_SENT = 16.0  # for each entry: the claim and its round-off
BYTES_BACK = 33.0  # for each entry: estimate, error bar, verdict, two slopes
SUBMISSION_BYTES = 20_000.0  # a file of a student, and a row


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds and bytes.

    Attributes:
        entry: CPU seconds of a worker for one entry, both sides, batch 10.
        client: CPU seconds of the client for one entry: noise, error bars, verdicts, messages.
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


@contextmanager
def pieces_counted() -> Iterator[list[int]]:
    """Count, while this lasts, the pieces that workers do."""
    counted, usual = [0], Exchange.results

    def results(exchange: Exchange, pieces: Any) -> Any:
        for each in usual(exchange, pieces):
            counted[0] += 1
            yield each

    Exchange.results = results  # type: ignore[method-assign, assignment]
    try:
        yield counted
    finally:
        Exchange.results = usual  # type: ignore[method-assign]


@dataclass(frozen=True)
class Checked:
    """One check.

    Attributes:
        seconds: from its beginning to its end.
        client: seconds that this process has computed: its main thread alone where there are
            workers, since the scheduler of a cluster on this computer runs in another thread.
        workers: seconds that all workers together have computed; other programs that run at the
            same time do not change them much.

    """

    seconds: float
    client: float
    workers: float = 0.0

    @classmethod
    def of(cls, sizes: Sequence[int], executor: DaskExecutor | None, **how: Any) -> "Checked":
        """Check a network, by the workers of an executor if there is one."""
        asked = problem(sizes, BATCH)
        clock = time.process_time if executor is None else time.thread_time
        workers, client, begun = cpu_of(executor), clock(), time.perf_counter()
        check_network(*asked, executor=executor, **how)
        seconds, spent = time.perf_counter() - begun, clock() - client
        return cls(seconds, spent, cpu_of(executor) - workers)

    @classmethod
    def median(cls, checks: Sequence["Checked"]) -> "Checked":
        """The median of each number."""
        columns = zip(*(vars(each).values() for each in checks), strict=True)
        return cls(*map(statistics.median, columns))


def cpu_of(executor: DaskExecutor | None) -> float:
    """The seconds that the workers of an executor have computed so far."""
    return sum(executor.client.run(time.process_time).values()) if executor is not None else 0.0


def resident(executor: DaskExecutor) -> list[float]:
    """The megabytes that the memory of each worker has reached, at the most."""
    return [peak / MEGABYTE for peak in executor.client.run(_peak).values()]


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def seconds_of_task(executor: Executor) -> float:
    exchange = Exchange(executor, Nothing())
    list(exchange.results(range(100)))
    times = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        list(exchange.results(range(TASKS)))
        times.append(time.perf_counter() - before)
    return min(times) / TASKS  # other programs only make it longer


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


def measure(sizes: Sequence[int], repeats: int) -> Measured:
    """Measure checks, tasks, transfers, memory and grading with one worker and with two."""
    checks: dict[str, list[Checked]] = {"threads": [], "one": [], "two": []}
    with joined("local:2") as two, joined("local:1") as one, pieces_counted() as counted:
        before = max(resident(two))
        for _ in range(repeats):  # in turns, since the load of a computer changes
            checks["threads"].append(Checked.of(sizes, None, threads=2))
            checks["one"].append(Checked.of(sizes, one))
            checks["two"].append(Checked.of(sizes, two))
        pieces = counted[0] // (2 * repeats)
        memory = max(resident(two)) - before
        task, rate = seconds_of_task(two), bytes_a_second(two)
        graded = seconds_of_class(one), seconds_of_class(two)
    found = {name: Checked.median(several) for name, several in checks.items()}
    entries = parameter_count(tuple(sizes))
    costs = Costs(
        found["two"].workers / entries,
        found["two"].client / entries,
        task,
        rate,
        graded[0] / SUBMISSIONS,
    )
    rows = (
        *check_rows(found, pieces),
        ("a task that does nothing", f"{task * 1e3:.2f} ms"),
        ("transfer, there and back", f"{rate / MEGABYTE:,.0f} MB a second"),
        ("memory of a worker beyond Python and imports", f"{memory:.0f} MB"),
        (f"grading {SUBMISSIONS}, one worker", f"{graded[0]:.1f} s"),
        (f"grading {SUBMISSIONS}, two workers", f"{graded[1]:.1f} s"),
    )
    return Measured(rows, costs)


def check_rows(found: dict[str, Checked], pieces: int) -> Iterator[tuple[str, str]]:
    """What the checks took, and how two workers compare with two threads."""
    threads, one, two = found["threads"], found["one"], found["two"]
    together = two.client + two.workers
    yield "two threads here", f"{threads.seconds:.2f} s, {threads.client:.2f} CPU s"
    for name, each in (("one worker", one), ("two workers", two)):
        yield (
            name,
            f"{each.seconds:.2f} s, {each.client:.2f} + {each.workers:.2f} CPU s, "
            f"{pieces / each.seconds:.1f} pieces a second",
        )
    yield "two workers against one", f"{one.seconds / two.seconds:.2f} times as fast"
    yield "efficiency: seconds of two threads / two workers", f"{threads.seconds / two.seconds:.2f}"
    yield "the same by CPU seconds", f"{threads.client / together:.2f}"
    yield "pieces", f"{pieces}, {two.workers / pieces * 1e3:.0f} ms each"


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
        client: seconds of the client for each.
        most: pieces that are under way at the same time.

    """

    name: str
    pieces: int
    seconds: float
    sent: float
    job: float
    client: float
    most: int


def simulated(work: Work, workers: int, costs: Costs) -> float:
    """The seconds that the work takes with so many workers."""
    # The job goes to one worker, from that to another, from these two to two more, ...
    spread = work.job / costs.rate * (1 + math.ceil(math.log2(workers)))
    free = [spread] * workers
    scheduler, received = 0.0, [0.0] * (work.pieces + 1)
    for number in range(work.pieces):
        # A piece is sent when there is room for it among those under way.
        scheduler = max(scheduler, received[max(0, number + 1 - work.most)]) + costs.task
        ended = max(heapq.heappop(free), scheduler) + work.seconds
        heapq.heappush(free, ended)
        received[number + 1] = max(received[number], ended) + work.sent / costs.rate + work.client
    return received[-1]


def check_of(parameters: int, piece: float, costs: Costs) -> Work:
    """A check, in pieces of so many seconds."""
    entries = max(1, round(piece / costs.entry))
    pieces = -(-parameters // entries)
    each = parameters / pieces
    sent = (BYTES_SENT + BYTES_BACK) * each
    name = f"10^{round(math.log10(parameters))} parameters"
    seconds, client = each * costs.entry, each * costs.client
    return Work(name, pieces, seconds, sent, 8.0 * parameters, client, MOST_PIECES)


def class_of(submissions: int, costs: Costs) -> Work:
    """Grading, a piece for each submission."""
    name = f"{submissions:,} submissions"
    size = SUBMISSION_BYTES
    return Work(name, submissions, costs.graded, size, size, 0.0, MOST_PIECES)


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
        Sentence(
            f"gradcheck's own pieces of large arrays have {MANY_AT_ONCE:,} entries, which are "
            f"{MANY_AT_ONCE * costs.entry:.2f} s of work."
        ),
    ]


# Each line has its colour and its sign: colours alone do not tell lines apart.
LINES = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), ("black", "D"))


def draw(found: dict[str, list[tuple[float, float]]]) -> "Figure":
    """Time against workers; the broken line is in proportion to 1 / workers."""
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(14, 7.5), layout="constrained")
        axes = figure.subplots()
        for (name, row), (colour, marker) in zip(found.items(), LINES, strict=True):
            times = [each for each, _ in row]
            axes.loglog(WORKERS, times, color=colour, ls="-", marker=marker, ms=11, lw=3)
            ideal = [times[0] / count for count in WORKERS]
            axes.loglog(WORKERS, ideal, linestyle="--", linewidth=1.5, color=colour)
            label = re.sub(r"10\^(\d)", r"$10^\1$", name)
            axes.annotate(label, (WORKERS[0], times[0]), (4, 16), textcoords="offset points")
        axes.set_xlabel("workers (count)")
        axes.set_ylabel("time (s)")
        axes.set_title("Simulated from measured costs; broken: in proportion to 1 / workers")
        axes.grid(color="lightgrey")
    return figure


def main() -> None:
    """Measure, simulate, print, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plot", type=Path, help="draw the simulation into this file")
    parser.add_argument("--sizes", default=",".join(map(str, MILLION)))
    parser.add_argument("--repeats", type=int, default=REPEATS, help="of each timing")
    options = parser.parse_args()
    print(describe(), flush=True)
    print(f"{os.getloadavg()[0]:.1f} processes ran before this one.", flush=True)
    sizes = [int(size) for size in options.sizes.split(",")]
    measured = measure(sizes, options.repeats)
    found = simulation(measured.costs)
    print(plain_text(tables(measured, found)))
    if options.plot is not None:
        save_figure(draw(found), options.plot, plain_text(tables(measured, found)[2:]))


if __name__ == "__main__":
    main()
