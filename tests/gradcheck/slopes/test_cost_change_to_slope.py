"""Cost changes become slopes by the step that was really made."""

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import scheme_named

W = np.array([[3.0, -2.0], [0.5, 1e6]])


def entries(scheme: str = "central") -> Entries:
    engine = OneByOne(lambda arrays: np.sum(3.0 * arrays[0]), [W])
    return Entries.of(engine, ParameterArray(0, W), np.array([0, 3]), scheme_named(scheme))


def test_a_straight_line_has_its_slope_on_both_sides() -> None:
    found = entries().slopes(2.0**-20)
    assert {-1.0, 1.0} <= set(found)
    for slopes in found.values():
        np.testing.assert_allclose(slopes, 3.0, rtol=1e-6)


def test_steps_are_relative_to_large_entries() -> None:
    small, large = entries().steps(2.0**-10)
    np.testing.assert_allclose(large / small, 1e6 / 3.0)


def test_some_entries_are_measured_alone() -> None:
    some = entries().at(np.array([1]))
    assert some.entries.tolist() == [3]
    assert some.values.tolist() == [1e6]


def test_a_cost_that_is_not_finite_has_no_slope() -> None:
    engine = OneByOne(lambda arrays: np.log(arrays[0][0, 0] - 3.0 + 1e-9), [W])
    with np.errstate(all="ignore"):
        entries = Entries.of(engine, ParameterArray(0, W), np.array([0]), scheme_named("central"))
        found = entries.slopes(2.0**-10)
    assert np.isnan(found[-1.0][0])
    assert np.isfinite(found[1.0][0])
