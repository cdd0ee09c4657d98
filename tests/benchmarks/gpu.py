"""All measurements on one GPU, beside PyTorch: ``python -m tests.benchmarks.gpu``.

One run prints the card, the rates of a large product and of a large copy on it, and how close its
results are to NumPy's. Then it prints forward and backprop, beside PyTorch (eager, and as a CUDA
graph) if that is installed, and all partial derivatives by both engines. ``--quick`` measures fewer
sizes and takes less time. ``--device cpu`` runs the same lines on small networks without a GPU, to
check that the program runs.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from gradcheck.check import check_network
from gradcheck.costs.all_partials import all_partials
from gradcheck.costs.cost_row import Measured
from gradcheck.costs.multiply_adds import backward_multiply_adds, forward_multiply_adds
from gradcheck.costs.sampled_time import Timing
from gradcheck.costs.timing import side_by_side
from gradcheck.engines.kinds import ENGINES
from gradcheck.show.text import Part, Sentence, Table, plain_text
from nets.arrays import Array, Place, place, to_numpy
from nets.devices.driver import find_driver
from nets.errors import BadInput
from nets.network import Network
from nets.shapes import parameter_count
from tests.benchmarks.backprop import installed
from tests.benchmarks.machine import describe
from tests.closeness import LIMITS, distances

BOOK = (784, 30, 10)
MILLION = (784, 1000, 200, 10)
SQUARE = (784, 1000, 1000, 10)
TEN_MILLION = (784, 2048, 2048, 2048, 10)

Sizes = tuple[int, ...]
Work = Callable[[], object]


@dataclass(frozen=True)
class Plan:
    """What is measured, and how long that may take.

    Attributes:
        passes: networks whose forward and backprop are timed.
        checks: networks whose partial derivatives are all measured.
        batch_sizes: of both.
        dtypes: of forward and backprop; the engines always use float64, like a check.
        seconds: for each timing.
        product: rows and columns of the large product.
        copy: bytes of the large copy.

    """

    passes: tuple[Sizes, ...]
    checks: tuple[Sizes, ...]
    batch_sizes: tuple[int, ...]
    dtypes: tuple[str, ...]
    seconds: float
    product: int
    copy: int


FULL = Plan(
    passes=(BOOK, MILLION, SQUARE, TEN_MILLION),
    checks=(BOOK, MILLION, TEN_MILLION),
    batch_sizes=(1, 10, 256, 4096),
    dtypes=("float32", "float64"),
    seconds=0.5,
    product=8192,
    copy=2**31,
)
QUICK = Plan(
    passes=(BOOK, MILLION, SQUARE),
    checks=(BOOK, MILLION),
    batch_sizes=(10, 4096),
    dtypes=("float64",),
    seconds=0.2,
    product=4096,
    copy=2**30,
)
SMOKE = Plan(
    passes=((20, 15, 5), (20, 30, 20, 5)),
    checks=((20, 15, 5), (20, 30, 20, 5)),
    batch_sizes=(1, 10),
    dtypes=("float32", "float64"),
    seconds=0.02,
    product=256,
    copy=2**22,
)


@dataclass(frozen=True)
class Bench:
    """The place, the device whose clock is used, and the plan."""

    where: Place
    device: str
    plan: Plan

    def time(self, works: dict[str, Work]) -> dict[str, Timing]:
        """The timing of each work; all get the same time."""
        budget = self.plan.seconds * len(works)
        return side_by_side(works, budget=budget, device=self.device)

    def problem(self, sizes: Sizes, batch_size: int, dtype: str) -> tuple[Network, Array, Array]:
        """A sigmoid network with quadratic cost, inputs from 0 to 1, one-hot targets."""
        where = self.where.with_dtype(dtype)
        generator = np.random.default_rng(1)
        labels = generator.integers(0, sizes[-1], batch_size)
        inputs = where.put(generator.random((sizes[0], batch_size)))
        return (
            Network.create(sizes, where=where),
            inputs,
            where.put(np.eye(sizes[-1])[:, labels]),
        )


@dataclass(frozen=True)
class Limits:
    """The rates of the card in this run: flop/s of a large product by dtype, bytes/s of a copy."""

    product: dict[str, float]
    copy: float


def measured_limits(bench: Bench) -> Limits:
    """Time a large product in each dtype, and a large copy, which reads and writes."""
    size, xp = bench.plan.product, bench.where.namespace

    def product_rate(dtype: str) -> float:
        numbers = np.random.default_rng(0).random((size, size))
        square = bench.where.with_dtype(dtype).put(numbers)
        return 2.0 * size**3 / bench.time({"product": lambda: square @ square})["product"].seconds

    rates = {dtype: product_rate(dtype) for dtype in ("float32", "float64")}
    block = bench.where.put(np.zeros(bench.plan.copy // 8))
    copy = bench.time({"copy": lambda: xp.asarray(block, copy=True)})["copy"]
    return Limits(rates, 2.0 * bench.plan.copy / copy.seconds)


# Forward and backprop


def ours(network: Network, inputs: Array, targets: Array) -> dict[str, Work]:
    """Our forward pass to the cost, and our backprop."""
    return {
        "forward": lambda: network.cost(inputs, targets),
        "backprop": lambda: network.backprop(inputs, targets),
    }


def torch_eager(network: Network, inputs: Array, targets: Array, device: str) -> dict[str, Work]:
    """The same network in PyTorch, eager; products have the precision of the dtype (no TF32)."""
    import torch

    def moved(array: Array) -> "torch.Tensor":
        return torch.from_numpy(to_numpy(array).copy()).to(device)

    x, y = moved(inputs), moved(targets)
    parameters = [moved(array).requires_grad_() for array in network.parameters]

    def cost() -> "torch.Tensor":
        activations = x
        for weights, biases in zip(parameters[0::2], parameters[1::2], strict=True):
            activations = torch.sigmoid(weights @ activations + biases)
        return ((activations - y) ** 2).sum() / (2 * y.shape[1])

    def forward() -> object:
        with torch.no_grad():
            return cost()

    return {"forward": forward, "backprop": lambda: torch.autograd.grad(cost(), parameters)}


def torch_graph(work: Work) -> Work:
    """The same work as a CUDA graph: recorded once, then replayed without Python."""
    import torch

    # PyTorch requires some calls on another stream before the recording.
    aside = torch.cuda.Stream()
    aside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(aside):
        for _ in range(3):
            work()
    torch.cuda.current_stream().wait_stream(aside)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        kept = work()

    def replay() -> object:
        graph.replay()
        return kept

    return replay


def least_bytes(sizes: Sizes, batch_size: int, kind: str, itemsize: int) -> int:
    """The bytes that a pass must read and write at least: parameters and activations.

    Forward reads the weights once. Backprop reads them twice, once in each direction, and writes as
    many gradients. Each activation is written and read once in each direction.
    """
    uses = {"forward": 1, "backprop": 3}[kind]
    directions = {"forward": 1, "backprop": 2}[kind]
    return itemsize * (uses * parameter_count(sizes) + directions * 2 * sum(sizes) * batch_size)


def pass_works(
    bench: Bench, sizes: Sizes, batch_size: int, dtype: str
) -> dict[str, dict[str, Work]]:
    """The work of each library, for forward and for backprop."""
    network, inputs, targets = bench.problem(sizes, batch_size, dtype)
    works = {kind: {"ours": work} for kind, work in ours(network, inputs, targets).items()}
    if not installed("torch"):
        return works
    import torch

    on_gpu = bench.device == "gpu"
    if on_gpu and not torch.cuda.is_available():
        return works
    eager = torch_eager(network, inputs, targets, "cuda" if on_gpu else "cpu")
    for kind, work in eager.items():
        works[kind]["eager"] = work
        if on_gpu:
            works[kind]["graph"] = torch_graph(work)
    return works


@dataclass(frozen=True)
class Pass:
    """One pass of one network and mini-batch, with the timing of each library."""

    sizes: Sizes
    batch_size: int
    dtype: str
    kind: str
    timings: dict[str, Timing]

    def over(self, other: str) -> float | None:
        """Our time divided by another library's; None if the other was not timed."""
        if other not in self.timings:
            return None
        return self.timings["ours"].seconds / self.timings[other].seconds

    def row(self, limits: Limits) -> tuple[str, ...]:
        """The row of the table."""
        multiply_adds = forward_multiply_adds(self.sizes, self.batch_size)
        if self.kind == "backprop":
            multiply_adds += backward_multiply_adds(self.sizes, self.batch_size)
        itemsize = np.dtype(self.dtype).itemsize
        seconds = self.timings["ours"].seconds
        flops = 2.0 * multiply_adds / seconds
        rate = least_bytes(self.sizes, self.batch_size, self.kind, itemsize) / seconds
        return (
            "-".join(map(str, self.sizes)),
            str(self.batch_size),
            f"{8 * itemsize} {self.kind}",
            f"{seconds * 1e6:,.0f}",
            *(ratio_text(self.over(other)) for other in ("eager", "graph")),
            f"{flops / 1e12:.3g}",
            f"{flops / limits.product[self.dtype]:.0%}",
            f"{rate / 1e9:,.0f}",
            f"{rate / limits.copy:.0%}",
        )


def passes(bench: Bench) -> Iterator[Pass]:
    """Time every network, batch, dtype and pass of the plan."""
    plan = bench.plan
    for sizes, batch_size, dtype in product(plan.passes, plan.batch_sizes, plan.dtypes):
        for kind, works in pass_works(bench, sizes, batch_size, dtype).items():
            yield Pass(sizes, batch_size, dtype, kind, bench.time(works))


def ratio_text(ratio: float | None) -> str:
    """A ratio, or a dash if there is nothing to compare with."""
    return "-" if ratio is None else f"{ratio:.2f}"


# All partial derivatives


@dataclass(frozen=True)
class Partials:
    """Seconds for all partial derivatives of one network and mini-batch, by (46)."""

    sizes: Sizes
    batch_size: int
    batched: Measured
    one_by_one: Measured
    check: float | None


def partials(bench: Bench, sizes: Sizes, batch_size: int) -> Partials:
    """Time both engines, in full or on a sample, and a whole check if it does not take too long."""
    network, inputs, targets = bench.problem(sizes, batch_size, "float64")

    def measured(name: str) -> Measured:
        kind, seconds = ENGINES[name], 6.0 * bench.plan.seconds
        engine = kind.start(network, inputs, targets)
        return all_partials(engine, network, seconds, full_passes=kind.full_passes)

    batched = measured("batched")
    check = None
    if not batched.estimated:
        check = check_network(network, inputs, targets).seconds
    return Partials(sizes, batch_size, batched, measured("one-by-one"), check)


def partials_row(found: Partials) -> tuple[str, ...]:
    """The row of the table."""

    def seconds_text(measured: Measured) -> str:
        return f"{measured.seconds:.3g}" + (" est." if measured.estimated else "")

    return (
        "-".join(map(str, found.sizes)),
        str(found.batch_size),
        f"{parameter_count(found.sizes):,}",
        seconds_text(found.batched),
        seconds_text(found.one_by_one),
        f"{found.one_by_one.seconds / found.batched.seconds:,.0f}",
        "-" if found.check is None else f"{found.check:.3g}",
    )


def machine_text(device: str) -> str:
    """The card, its driver, and the libraries."""
    driver = find_driver()
    if device == "cpu" or driver is None:
        return f"A run without a GPU, to check that the program runs: {describe()}"
    import cupy

    card = driver.gpus[0]
    text = (
        f"{card.name}, {card.memory / 2**30:.0f} GiB; driver {driver.version} for CUDA "
        f"{driver.cuda_text}, CuPy {cupy.__version__}"
    )
    if installed("torch"):
        import torch

        text += f", PyTorch {torch.__version__}"
    return f"{text}; {describe()}"


def tables(bench: Bench) -> Iterator[Part]:
    """The parts that the program prints, each as soon as it is measured."""
    yield Sentence(machine_text(bench.device))
    limits = measured_limits(bench)
    yield Table(
        "The card's limits, measured in this run",
        ("", "reached"),
        (
            *(
                (f"{dtype} product, TFLOP/s", f"{rate / 1e12:.3g}")
                for dtype, rate in limits.product.items()
            ),
            ("copy, read and written, GB/s", f"{limits.copy / 1e9:,.0f}"),
        ),
    )
    yield Table(
        "Distance from NumPy's results, in units of round-off",
        ("", "found", "allowed"),
        tuple(
            (kind, f"{distance:.2g}", f"{LIMITS[kind]:.0f}")
            for kind, distance in distances(bench.where).items()
        ),
    )
    timed = list(passes(bench))
    yield Table(
        "Forward and backprop: microseconds, our time / PyTorch's, share of the limits",
        ("network", "m", "pass", "us", "/eager", "/graph", "TFLOP/s", "of it", "GB/s", "of it"),
        tuple(each.row(limits) for each in timed),
        left=3,
    )
    found = [
        partials(bench, sizes, batch_size)
        for sizes, batch_size in product(bench.plan.checks, bench.plan.batch_sizes)
    ]
    yield Table(
        "All partials by (46), one side, float64: seconds; and a whole check",
        ("network", "m", "parameters", "batched", "one by one", "ratio", "check"),
        tuple(map(partials_row, found)),
    )
    if reached := tuple(goals(timed, found)):
        yield Table("Goals", ("", "goal", "found"), reached)


def goals(timed: Sequence[Pass], found: Sequence[Partials]) -> Iterator[tuple[str, ...]]:
    """The goals for a card of the class H200, as far as this run measured them."""
    for million in found:
        if (million.sizes, million.batch_size) == (MILLION, 10):
            name = "784-1000-200-10, batch 10: "
            yield f"{name}all partials", "< 0.1 s", f"{million.batched.seconds:.3g} s"
            ratio = million.one_by_one.seconds / million.batched.seconds
            yield f"{name}one by one over batched", "> 100", f"{ratio:,.0f}"
    for each in timed:
        if (each.sizes, each.batch_size, each.kind) == (SQUARE, 4096, "backprop"):
            name = f"784-1000-1000-10, batch 4096, {each.dtype}: backprop over PyTorch eager"
            yield name, "< 1", ratio_text(each.over("eager"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the tables; return 2 if there is no GPU."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", choices=["gpu", "cpu"], default="gpu")
    parser.add_argument("--quick", action="store_true", help="fewer sizes, less time")
    options = parser.parse_args(arguments)
    try:
        where = place(options.device)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    plan = SMOKE if options.device == "cpu" else QUICK if options.quick else FULL
    for part in tables(Bench(where, options.device, plan)):
        print(plain_text([part]), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
