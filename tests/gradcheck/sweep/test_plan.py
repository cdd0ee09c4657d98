"""Which schemes and steps a sweep tries."""

import numpy as np
import pytest

from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.plan import (
    SWEPT_DTYPES,
    curve_evaluations,
    groups,
    reference_scheme,
    schemes_for,
    steps_of,
)
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES

SMOOTH = Network.create([3, 2])
KINKED = Network.create([3, 4, 2], activation="relu")


def test_all_schemes_that_suit_the_network_are_tried() -> None:
    assert [scheme.name for scheme in schemes_for(SMOOTH, None)] == list(SCHEME_NAMES)
    assert [scheme.name for scheme in schemes_for(KINKED, None)] == list(REAL_SCHEMES)


def test_schemes_that_are_named_are_taken_once_and_in_order() -> None:
    schemes = schemes_for(SMOOTH, ["central", "forward", "central"])
    assert [scheme.name for scheme in schemes] == ["forward", "central"]
    assert schemes_for(SMOOTH, "central") == [SCHEMES["central"]]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "no schemes to sweep; give one or more of forward, central"),
        (["backward"], "scheme 'backward' is unknown"),
        (["complex"], "relu has a kink"),
    ],
)
def test_schemes_that_cannot_be_swept_are_refused(names: list[str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        schemes_for(KINKED, names)


def test_the_reference_is_the_complex_step_where_it_can_be() -> None:
    assert reference_scheme(SMOOTH).name == "complex"
    assert reference_scheme(KINKED).name == "five-point"


def test_the_first_scheme_of_a_group_needs_the_costs_of_all_the_others() -> None:
    differences, complex_step = groups(list(SCHEMES.values()))
    assert complex_step == [SCHEMES["complex"]]
    for scheme in differences:
        assert set(scheme.perturbed_offsets) <= set(differences[0].perturbed_offsets)


@pytest.mark.parametrize("dtype", SWEPT_DTYPES)
def test_the_narrowest_step_still_moves_a_parameter(dtype: str) -> None:
    steps = steps_of(SCHEMES["forward"], dtype)
    assert list(steps) == sorted(steps, reverse=True)
    one = np.ones((), dtype=dtype)
    assert one + np.asarray(steps[-1], dtype=dtype) != one
    assert one + np.asarray(steps[-1] / 2, dtype=dtype) == one
    assert steps_of(SCHEMES["complex"], dtype)[-1] < steps[-1]


def test_evaluations_are_counted_by_the_first_scheme_of_each_group() -> None:
    forward, central = SCHEMES["forward"], SCHEMES["central"]
    steps = sum(len(steps_of(forward, dtype)) for dtype in SWEPT_DTYPES)
    assert curve_evaluations([forward], 10) == 10 * steps * len(forward.perturbed_offsets)
    assert curve_evaluations([forward, central], 10) == curve_evaluations([central], 10)
