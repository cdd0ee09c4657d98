"""How a check measures: schemes, steps and samples that can be used, and others."""

import json
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from nets.errors import BadInput
from tests.gradcheck.problems import (
    checked,
    problem,
    squares,
)


@pytest.mark.parametrize("sample", [0, -1])
def test_a_sample_of_nothing(sample: int) -> None:
    with pytest.raises(BadInput, match=f"a sample of {sample} entries tests nothing"):
        check_gradients(squares, [np.ones(2)], [np.ones(2)], sample=sample)


def test_an_unknown_scheme() -> None:
    with pytest.raises(BadInput, match="scheme 'simpson' is unknown"):
        check_gradients(squares, [np.ones(2)], [np.ones(2)], scheme="simpson")
    with pytest.raises(BadInput, match="scheme 'simpson' is unknown"):
        checked(problem(3, 2), scheme="simpson")


def test_an_epsilon_of_numpy_s_is_written_as_json() -> None:
    w = np.ones(2)
    epsilon: Any = np.float32(1e-6)
    report = check_gradients(squares, [w], [2.0 * w], epsilon=epsilon)
    assert json.loads(json.dumps(report.to_dict()))["epsilon"] == pytest.approx(1e-6)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, np.nan, np.inf])
def test_an_epsilon_that_is_no_step(epsilon: float) -> None:
    with pytest.raises(BadInput, match=f"epsilon {epsilon} is no step"):
        check_gradients(squares, [np.ones(2)], [np.ones(2)], epsilon=epsilon)


def test_an_epsilon_that_is_lost_in_rounding() -> None:
    with pytest.raises(BadInput, match=r"epsilon is too small: w = 1 does not move"):
        check_gradients(squares, [np.ones(2)], [np.ones(2)], epsilon=1e-17)


@pytest.mark.parametrize("epsilon", [0.2, 10.0, 1e10, "1e-5"])
def test_a_step_too_wide_or_of_another_kind_is_refused(epsilon: Any) -> None:
    with pytest.raises(BadInput, match="epsilon"):
        check_gradients(lambda w: (w**2).sum(), np.ones(2), 2 * np.ones(2), epsilon=epsilon)


def test_true_is_no_sample_and_half_a_thread_no_thread() -> None:
    given = problem(3, 2)
    with pytest.raises(BadInput, match="a sample of True"):
        check_network(given.network, given.inputs, given.targets, sample=True)
    with pytest.raises(BadInput, match=r"1\.5 threads"):
        check_network(given.network, given.inputs, given.targets, threads=1.5)  # type: ignore[arg-type]
