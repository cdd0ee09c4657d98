"""All arithmetic on a second device, which refuses silent transfers to the host."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.costs.cost_row import Case
from gradcheck.costs.measure import compare_costs
from gradcheck.costs.sampled_time import Timing
from gradcheck.engines.batched import Batched
from gradcheck.engines.kinds import ENGINES
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.noise import measured_noise
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.activations import ACTIVATIONS
from nets.arrays import CPU, Place, to_numpy
from nets.book import loop_backprop
from nets.network import Network
from tests.closeness import LIMITS, distances
from tests.conftest import STRICT, Command
from tests.gradcheck.problems import SCHEME_NAMES, moved, problem, right
from tests.strategies import Problem


def test_the_table_of_how_close_the_results_are(elsewhere: Place) -> None:
    found = distances(elsewhere)
    assert {kind: found[kind] for kind in LIMITS if not found[kind] <= LIMITS[kind]} == {}


def test_the_table_sees_a_wrong_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    put = Place.put

    def less_exactly(where: Place, host_array: Any) -> Any:
        factor = 1.0 if where.device == "cpu" else 1.0 + 1e-12
        return put(where, np.asarray(host_array) * factor)

    monkeypatch.setattr(Place, "put", less_exactly)
    found = distances(STRICT, ["sigmoid"])
    for kind in ("parameters drawn with the same seed", "output", "cost", "gradients by backprop"):
        assert found[kind] > LIMITS[kind]


# Checks


def dark(given: Problem) -> Problem:
    """One input is zero in every example, like a black pixel."""
    inputs = given.inputs.copy()
    inputs[1, :] = 0.0
    return Problem(given.network, inputs, given.targets)


def at_the_kink(given: Problem) -> Problem:
    """Every z of the first layer is zero."""
    network = given.network
    biases = 0.0 * network.parameters[1]
    parameters = (network.parameters[0], biases, *network.parameters[2:])
    return Problem(network.with_parameters(parameters), 0.0 * given.inputs, given.targets)


def saturated(given: Problem) -> Problem:
    """The weights are so large that the sigmoids are saturated: hardly anything moves."""
    large = [30.0 * array for array in given.network.parameters]
    return Problem(given.network.with_parameters(large), given.inputs, given.targets)


def narrow(given: Problem) -> Problem:
    """The same problem in float32."""
    return Problem(
        given.network.with_dtype("float32"),
        given.inputs.astype(np.float32),
        given.targets.astype(np.float32),
    )


@dataclass(frozen=True)
class CheckCase:
    """A check, and verdicts that must occur in it."""

    name: str
    verdicts: tuple[str, ...]
    given: Problem
    factor: float = 1.0  # of the gradient that is claimed
    options: dict[str, Any] = field(default_factory=dict)


CHECKS = (
    CheckCase("a black pixel", ("agree", "untested"), dark(problem(3, 4, 2))),
    CheckCase("kinks", ("kink",), at_the_kink(problem(3, 4, 2, activation="relu"))),
    CheckCase("saturation", ("undecided",), saturated(problem(3, 4, 2))),
    CheckCase("float32", ("agree",), narrow(problem(3, 4, 2))),
    CheckCase("a sample", ("agree",), problem(5, 6, 2), options={"sample": 4, "seed": 5}),
    CheckCase("a wide step", ("agree",), problem(3, 4, 2), options={"epsilon": 2.0**-12}),
    CheckCase("a wrong factor", ("disagree",), problem(3, 4, 2), factor=1.01),
    CheckCase(
        "a wrong factor beside kinks", ("disagree",), problem(3, 9, 2, activation="relu"), 1.01
    ),
    CheckCase(
        "a cost that is no sum over the outputs",
        ("agree",),
        problem(3, 4, 3, cost="fused-softmax-cross-entropy"),
    ),
    CheckCase("one example", ("agree",), problem(3, 4, 2, batch_size=1)),
    CheckCase("one layer", ("agree",), problem(3, 2)),
)


def checked(given: Any, gradients: list[Any], **options: Any) -> Report:
    return check_network(given.network, given.inputs, given.targets, gradients=gradients, **options)


def expect_same(here: Report, there: Report, where: Place) -> None:
    """The same verdict, and numbers within each other's error bars."""
    assert there.verdict is here.verdict
    for mine, theirs in zip(here.arrays, there.arrays, strict=True):
        # Other arithmetic rounds differently, so an entry may fall on the other side of a bound.
        # The strict library uses NumPy's arithmetic.
        assert theirs.counts == mine.counts or where != STRICT
        assert np.array_equal(theirs.entries, mine.entries)
        bars = mine.error_bar + theirs.error_bar
        apart = np.abs(theirs.numerical - mine.numerical)
        assert np.all((apart <= bars) | (apart == 0.0))
    assert (there.comparison is None) is (here.comparison is None)
    assert there.comparison is None or there.comparison.ok


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CHECKS, ids=lambda case: case.name)
def test_every_verdict_is_the_same_elsewhere(
    case: CheckCase, engine: str, elsewhere: Place
) -> None:
    gradients = [case.factor * gradient for gradient in right(case.given)]
    here = checked(case.given, gradients, engine=engine, **case.options)
    where = elsewhere.with_dtype(str(case.given.inputs.dtype))
    there = checked(
        moved(case.given, where), [*map(where.put, gradients)], engine=engine, **case.options
    )
    expect_same(here, there, elsewhere)
    for verdict in case.verdicts:
        assert there.counts[verdict] > 0


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_scheme_and_activation_is_the_same_elsewhere(
    activation: str, scheme: str, elsewhere: Place
) -> None:
    if scheme == "complex" and not ACTIVATIONS[activation].analytic:
        pytest.skip("the complex step needs an analytic activation")
    here = problem(2, 3, 2, 2, activation=activation, batch_size=2, seed=2)
    gradients = right(here)
    for engine in ENGINES:
        mine = checked(here, gradients, scheme=scheme, engine=engine)
        assert mine.verdict is Verdict.AGREE
        theirs = checked(
            moved(here, elsewhere),
            [*map(elsewhere.put, gradients)],
            scheme=scheme,
            engine=engine,
        )
        expect_same(mine, theirs, elsewhere)


@pytest.mark.parametrize("imaginary", [False, True])
def test_the_noise_is_of_the_same_size_elsewhere(imaginary: bool, elsewhere: Place) -> None:
    here = problem(30, 20, 5, batch_size=4)
    epsilon = 2.0**-64 if imaginary else 2.0**-21
    noise = []
    for given in (here, moved(here, elsewhere)):
        engine = Batched(given.network, given.inputs, given.targets)
        weights = ParameterArray(0, given.network.parameters[0])
        scheme = SCHEMES["complex" if imaginary else "forward"]
        found = measured_noise(Entries.of(engine, weights, np.arange(8), scheme), epsilon)
        noise.append(found.sizes[0])
    assert 0.0 < noise[0] < 1e-14
    assert noise[0] / 30 < noise[1] < noise[0] * 30


def test_the_book_s_loop_is_the_same_elsewhere(elsewhere: Place) -> None:
    here = problem(4, 5, 3, batch_size=4)
    there = moved(here, elsewhere)
    mine = loop_backprop(here.network, here.inputs, here.targets)
    theirs = loop_backprop(there.network, there.inputs, there.targets)
    for wanted, gradient in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(to_numpy(gradient), wanted, rtol=1e-12, atol=1e-15)


# Commands, with the second device instead of a GPU


@pytest.fixture
def gpu_stand_in(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The strict library's second device acts as the GPU; returns the places asked for."""
    asked: list[tuple[str, str]] = []

    def stand_in(device: str = "cpu", dtype: str = "float64") -> Place:
        asked.append((device, dtype))
        return (STRICT if device == "gpu" else CPU).with_dtype(dtype)

    for module in ("commands.runs.memory", "commands.runs.subject", "costs.measure"):
        monkeypatch.setattr(f"gradcheck.{module}.place", stand_in)
    monkeypatch.setattr("gradcheck.costs.measure.PRODUCT", {"gpu": 8})
    monkeypatch.setattr("gradcheck.costs.timing._gpu_timing", timed_once)
    return asked


def timed_once(work: Callable[[], object], budget: float) -> Timing:
    work()
    return Timing.of([1e-3] * 5)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_verify_on_another_device(
    engine: str, dtype: str, gradcheck_command: Command, gpu_stand_in: list[tuple[str, str]]
) -> None:
    asked = ("verify", "--sizes", "5,4,3", "--engine", engine, "--dtype", dtype, "--json")
    ended = gradcheck_command(*asked, "--device", "gpu")
    assert gpu_stand_in[-1] == ("gpu", dtype)
    told, wanted = json.loads(ended.out), json.loads(gradcheck_command(*asked).out)
    assert ended.code == 0
    assert (told["device"], wanted["device"]) == ("gpu", "cpu")
    for here, there in zip(wanted["arrays"], told["arrays"], strict=True):
        assert there["counts"] == here["counts"]
    text = gradcheck_command(*asked[:-1], "--device", "gpu", "--plain").out
    assert "on the GPU; mini-batch" in " ".join(text.split())


@pytest.mark.usefixtures("gpu_stand_in")
def test_cost_compare_on_another_device(gradcheck_command: Command) -> None:
    asked = ("cost-compare", "--sizes", "4,3,2", "--budget", "0.05", "--json")
    ended = gradcheck_command(*asked, "--device", "gpu")
    assert ended.code == 0
    (row,) = json.loads(ended.out)["rows"]
    assert row["device"] == "gpu"
    assert row["seconds"]["finite_differences_batched"] > 0


@pytest.mark.usefixtures("gpu_stand_in")
def test_an_estimate_on_another_device() -> None:
    (row,) = compare_costs([Case((40, 30, 5), 3)], device="gpu", dtype="float32", budget=0.01).rows
    assert (row.device, row.dtype) == ("gpu", "float32")
    assert row.one_by_one.estimated


@pytest.mark.usefixtures("gpu_stand_in")
@pytest.mark.parametrize("command", ["verify", "cost-compare"])
def test_too_little_memory_on_the_gpu(
    command: str, gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Place, "free_memory", lambda where: 10**12 if where.device == "cpu" else 10**6
    )
    ended = gradcheck_command(command, "--sizes", "784,30,10", "--device", "gpu")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "0.0 GB are free on the GPU" in ended.err
    assert "use smaller layers" in ended.err


def test_a_network_drawn_elsewhere_lies_there(elsewhere: Place) -> None:
    assert Network.create([3, 2], where=elsewhere).place == elsewhere
