"""The table of factors that have a name."""

import pytest

from gradcheck.diagnosis.named_factors import FACTORS, Factor

BOTH = Factor("name", "says", constant=-2.0, batch=1, outputs=-1)


@pytest.mark.parametrize(
    ("m", "n", "value"),
    [(6, 3, -4.0), (1, 3, None), (6, 1, None), (None, 3, None), (6, None, None)],
)
def test_the_value_is_a_constant_times_powers_of_the_sizes(
    m: int | None, n: int | None, value: float | None
) -> None:
    assert BOTH.value(m, n) == value


def test_a_factor_without_sizes_needs_none() -> None:
    constant = Factor("name", "says", constant=0.5)
    assert (constant.has_sizes, constant.value(None, None)) == (False, 0.5)
    assert BOTH.has_sizes


def test_every_sentence_has_a_place_for_the_sizes_it_depends_on() -> None:
    for factor in FACTORS:
        assert ("{m}" in factor.says) == bool(factor.batch), factor
        assert ("{n}" in factor.says) == bool(factor.outputs), factor


def test_no_factor_stands_there_twice() -> None:
    values = [factor.value(7, 3) for factor in FACTORS]
    assert len(set(values)) == len(values)
