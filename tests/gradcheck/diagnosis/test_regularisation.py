"""Wrong terms of regularisation, told from what is wrong and from the parameters."""

import numpy as np
import pytest

from gradcheck import check_gradients
from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray
from nets.arrays import HostArray

VALUES = np.random.default_rng(0).standard_normal((4, 3))
TARGETS = np.random.default_rng(1).standard_normal((4, 3))
# The gradient of the data's part of the cost, and of the regularisation.
DATA = VALUES**3 - TARGETS
CAUSES: dict[str, tuple[HostArray, str | None]] = {
    "missing": (DATA + 0.05 * np.sign(VALUES), "weight-decay-missing"),
    "half": (DATA + 0.05 * VALUES + 0.05 * np.sign(VALUES), "weight-decay-missing"),
    "twice": (DATA + 0.2 * VALUES + 0.05 * np.sign(VALUES), "weight-decay"),
    "no signs": (DATA + 0.1 * VALUES, "wrong-regularisation"),
    "1 for the sign": (DATA + 0.1 * VALUES + 0.05, "wrong-regularisation"),
    "neither": (DATA, "wrong-regularisation"),
    "nothing else": (0.1 * VALUES, "wrong-regularisation"),
    "the square": (DATA + 0.1 * VALUES**2 + 0.05 * np.sign(VALUES), None),
    "a constant": (DATA + 0.1 * VALUES + 0.05 * np.sign(VALUES) + 1.0, None),
    "noise": (DATA + np.random.default_rng(2).standard_normal(VALUES.shape), None),
}


def cost(arrays: dict[str, HostArray]) -> float:
    x = arrays["w"]
    data = np.sum(x**4 / 4 - TARGETS * x)
    return float(data + 0.05 * np.sum(x**2) + 0.05 * np.sum(np.abs(x)))


@pytest.mark.parametrize("name", CAUSES)
def test_a_wrong_term_is_named(name: str) -> None:
    claim, cause = CAUSES[name]
    report = check_gradients(cost, {"w": VALUES}, {"w": claim})
    found = array_diagnosis(report, [ClaimedArray(claim, VALUES)])
    assert found is not None
    assert found.likely_cause == cause


def test_claims_near_the_largest_number_make_no_warning() -> None:
    w = np.array([1e200, -2e200, 3e200])
    report = check_gradients(lambda w: 1e-200 * w.sum(), w, -3e-200 * np.ones(3))
    assert not report.ok
