"""Networks whose gradients the checks below are asked about, and wrong gradients for them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.verdicts.report import Report
from nets.arrays import CPU, HostArray, Place
from nets.network import Network
from tests.oracle import backprop_gradients
from tests.strategies import Problem, mini_batch

__all__ = [
    "BOOK",
    "EVERY_ARRAY",
    "EVERY_REAL_SCHEME",
    "EVERY_SCHEME",
    "REAL_SCHEMES",
    "SCHEME_NAMES",
    "checked",
    "moved",
    "norm_ratio",
    "problem",
    "right",
    "squares",
]

REAL_SCHEMES = ("forward", "central", "five-point")
SCHEME_NAMES = (*REAL_SCHEMES, "complex")


@dataclass(frozen=True)
class Moved:
    """A problem whose arrays lie somewhere else."""

    network: Network
    inputs: Any
    targets: Any


def problem(
    *sizes: int,
    activation: str = "sigmoid",
    cost: str = "quadratic",
    batch_size: int = 3,
    seed: int = 0,
) -> Problem:
    """A network drawn as the book draws it, with a dense mini-batch."""
    network = Network.create(sizes, activation=activation, cost=cost, seed=seed)
    return Problem(network, *mini_batch(list(sizes), batch_size, cost, seed))


def moved(given: Problem, where: Place) -> Moved:
    """The same numbers at another place."""
    network = given.network.with_parameters([where.put(a) for a in given.network.parameters])
    return Moved(network, where.put(given.inputs), where.put(given.targets))


def right(given: Problem) -> list[HostArray]:
    """Copies of the right gradients, in the order of ``network.parameters``."""
    return [
        array.copy() for array in backprop_gradients(given.network, given.inputs, given.targets)
    ]


def norm_ratio(report: Report) -> float:
    """|a - n| / (|a| + |n|) over all entries checked, whatever array they belong to."""
    backprop = np.concatenate([array.backprop for array in report.arrays])
    numerical = np.concatenate([array.numerical for array in report.arrays])
    sizes = np.linalg.norm(backprop) + np.linalg.norm(numerical)
    return float(np.linalg.norm(backprop - numerical) / sizes)


def book_problem() -> Problem:
    """The book's network on ten dense inputs from 0 to 1 with one-hot targets."""
    generator = np.random.default_rng(1)
    inputs = generator.random((784, 10))
    targets = np.eye(10)[:, generator.integers(0, 10, 10)]
    return Problem(Network.create([784, 30, 10], where=CPU), inputs, targets)


BOOK = book_problem()


EVERY_SCHEME = pytest.mark.parametrize("scheme", SCHEME_NAMES)


EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)


EVERY_ARRAY = pytest.mark.parametrize("which", range(4))


def checked(given_problem: Any, gradients: Any = None, **options: Any) -> Report:
    return check_network(
        given_problem.network,
        given_problem.inputs,
        given_problem.targets,
        gradients=gradients,
        **options,
    )


def squares(parameters: Any) -> Any:
    arrays = parameters.values() if isinstance(parameters, dict) else parameters
    return sum((array**2).sum() for array in arrays)
