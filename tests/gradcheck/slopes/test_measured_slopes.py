"""Slopes measured at entries: what is kept of them, and what replaces them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.engines.engine import Offset
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray, Place, place_of, to_numpy
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import all_entries, measured


def test_a_wider_step_has_less_noise_in_proportion() -> None:
    array = np.array([0.5, 3.0])
    _, near = measured(lambda w: (w**2).sum(), array, "forward", 2.0**-20)
    np.testing.assert_allclose(near.noise_at(np.array([0, 1]), 2.0**-15), near.noise / 32)
    assert near.noise_at(np.array([1]), 2.0**-20).tolist() == [near.noise[1]]
    each = near.noise_at(np.array([0, 1]), np.array([2.0**-15, 2.0**-21]))
    np.testing.assert_allclose(each, near.noise * [1 / 32, 2.0])


def test_entries_are_measured_by_one_engine_as_by_another() -> None:
    array = np.array([0.5, -2.0, 3.0])
    entries, _ = measured(lambda w: (w**3).sum(), array, "central")
    twice = OneByOne(lambda parameters: 2 * (parameters[0] ** 3).sum(), [array])
    some = entries.at(np.array([0, 2]))
    assert some.values.tolist() == [0.5, 3.0]
    for offset, slopes in some.by(twice).slopes(2.0**-15).items():
        np.testing.assert_allclose(slopes, 2 * some.slopes(2.0**-15)[offset], rtol=1e-9)


def test_slopes_are_measured_at_other_offsets_on_request() -> None:
    entries = all_entries(lambda w: (w**2).sum(), np.array([1.0, 3.0]), "forward")
    slopes = entries.slopes(0.25, (1.0, 4.0))
    assert {offset: found.tolist() for offset, found in slopes.items()} == {
        1.0: [2.25, 6.75],
        4.0: [3.0, 9.0],
    }
    assert set(entries.slopes(0.25)) == {-1.0, 1.0}


def test_steps_follow_the_scale_of_an_array_of_small_entries() -> None:
    entries = all_entries(lambda w: w.sum(), np.array([1e-9, 0.0]), "forward")
    assert entries.floor == 1024 * 1e-9
    assert entries.steps(0.5).tolist() == [512e-9, 512e-9]
    # The floor is that of the array, whichever entries of it are looked at.
    assert entries.at(np.array([1])).floor == entries.floor


def of(values: list[float], where: Place, epsilon: float = 0.5) -> MeasuredSlopes:
    """Entries with these slopes on both sides, a noise of 1e-3 each."""
    slopes: dict[Offset, HostArray] = {-1.0: where.put(values), 1.0: where.put(values)}
    return MeasuredSlopes.of(SCHEMES["forward"], slopes, where.put([1e-3] * len(values)), epsilon)


def test_some_entries_are_replaced_where_they_were_measured_better(where: Place) -> None:
    first = of([1.0, 2.0, 3.0, 4.0], where)
    again = of([20.0, 40.0], where, epsilon=0.25)
    positions = np.array([1, 3])
    both = first.improved(positions, again, where.put([1.0, 1.0]) > 0.5)
    assert to_numpy(both.estimate).tolist() == [1.0, 20.0, 3.0, 40.0]
    assert to_numpy(both.epsilons).tolist() == [0.5, 0.25, 0.5, 0.25]
    one = first.improved(positions, again, where.put([0.0, 1.0]) > 0.5)
    assert to_numpy(one.estimate).tolist() == [1.0, 2.0, 3.0, 40.0]
    assert place_of(one.estimate) == where
    none = first.improved(positions, again, where.put([0.0, 0.0]) > 0.5)
    assert to_numpy(none.estimate).tolist() == [1.0, 2.0, 3.0, 4.0]
    assert to_numpy(first.at(positions).estimate).tolist() == [2.0, 4.0]
    marked = first.marked(np.array([False, True, False, False]))
    assert to_numpy(marked.kinked).tolist() == [False, True, False, False]


@given(
    scheme=st.sampled_from(REAL_SCHEMES),
    exponent=st.integers(-300, 300),
    values=st.lists(st.sampled_from([-3.0, -0.3, 0.1, 1.0, 40.0]), min_size=1, max_size=4),
)
def test_a_cost_times_a_power_of_two_has_slopes_noise_and_bars_times_that(
    scheme: str, exponent: int, values: list[float]
) -> None:
    array, scale = np.array(values), 2.0**exponent
    _, plain = measured(lambda w: np.sin(w).sum(), array, scheme)
    _, scaled = measured(lambda w: scale * np.sin(w).sum(), array, scheme)
    for name in ("estimate", "truncation", "noise", "bars", "lowest", "highest"):
        assert getattr(scaled, name).tolist() == (scale * getattr(plain, name)).tolist()
    assert scaled.epsilons.tolist() == plain.epsilons.tolist()


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_what_is_measured_again_knows_its_step_and_has_no_kinks(scheme: str) -> None:
    array = np.array([0.0, 1.0, 2.0])
    entries, first = measured(lambda w: np.abs(w).sum(), array, scheme)
    assert first.kinked.tolist() == [True, False, False]
    steps = np.array([2.0**-12, 2.0**-13])
    again = measured_again(entries, first, np.array([0, 2]), steps)
    assert again.epsilons.tolist() == steps.tolist()
    assert again.kinked.tolist() == [False, False]
    np.testing.assert_allclose(again.noise, first.noise_at(np.array([0, 2]), steps))
    assert (again.lowest[0], again.highest[0]) == pytest.approx((-1.0, 1.0))
