"""The reference: what it is measured by, and what it cannot be measured at."""

import numpy as np
import pytest

from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.measure import step_sweep
from gradcheck.sweep.problem import Problem, Tally
from gradcheck.sweep.reference import REFERENCE_STEPS, measured_reference
from nets.arrays import HostArray
from nets.errors import BadInput
from nets.network import Network
from tests import strategies
from tests.gradcheck.problems import problem
from tests.gradcheck.sweep.sweeps import sweep_of
from tests.oracle import oracle_gradients


def all_entries(given: strategies.Problem) -> tuple[Problem, list[HostArray]]:
    exact = Problem(given.network, given.inputs, given.targets)
    return exact, [np.arange(array.size) for array in given.network.parameters]


@pytest.mark.parametrize(("activation", "allowed"), [("sigmoid", 1e-15), ("relu", 1e-11)])
def test_it_is_the_gradient_and_tells_how_exact_it_is(activation: str, allowed: float) -> None:
    given = problem(5, 4, 3, activation=activation)
    exact, entries = all_entries(given)
    tally = Tally(None)
    reference = measured_reference(exact, entries, tally)
    truth = oracle_gradients(given.network, given.inputs, given.targets)
    wanted = np.concatenate([array.ravel() for array in truth])
    assert np.linalg.norm(reference.gradient - wanted) < 4 * allowed * np.linalg.norm(wanted)
    assert 0.0 < reference.error < allowed
    assert [len(some) for some in reference.entries] == [len(some) for some in entries]
    assert tally.done > 2 * len(wanted)


def test_its_two_steps_are_no_powers_of_two() -> None:
    # By those the complex step would agree with itself to the last bit and seem to be exact.
    given = problem(5, 4, 3)
    exact, entries = all_entries(given)
    assert measured_reference(exact, entries, Tally(None)).error > 0.0
    assert all(not np.log2(step).is_integer() for step in REFERENCE_STEPS)
    assert np.log2(SCHEMES["complex"].epsilon).is_integer()


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_reference_agrees_with_automatic_differentiation(
    monkeypatch: pytest.MonkeyPatch, activation: str
) -> None:
    """And needs no backprop: here backprop says what autograd says, whatever the network's does."""
    given = problem(5, 4, 3, activation=activation)

    def of_autograd(self: object, entries: list[HostArray]) -> HostArray:
        truth = oracle_gradients(given.network, given.inputs, given.targets)
        return np.concatenate(
            [array.ravel()[some] for array, some in zip(truth, entries, strict=True)]
        )

    monkeypatch.setattr("gradcheck.sweep.problem.Problem.backprop", of_autograd)
    sweep = sweep_of(given).dtypes[0]
    assert sweep.backprop_error < (1e-15 if activation == "sigmoid" else 1e-11)


def test_where_every_entry_is_on_a_kink_nothing_can_be_measured() -> None:
    network = Network.create([1, 1], activation="relu").with_parameters(
        [np.zeros((1, 1)), np.zeros((1, 1))]
    )
    with pytest.raises(BadInput, match="all the sampled entries lie at a kink"):
        step_sweep(network, np.ones((1, 1)), np.ones((1, 1)))
