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


# What a reader understands by the beginning of each sentence, for m = 7 examples and n = 3 outputs.
MEANT = {
    "The sign is wrong: it is minus the measured": -1.0,
    "It is minus twice the": -2.0,
    "It is minus half of": -0.5,
    "It is twice": 2.0,
    "It is half": 0.5,
    "It is m = 7 times too large": 7.0,
    "It is m = 7 times too small": 1.0 / 7.0,
    "It is minus m = 7 times": -7.0,
    "It is minus 1/m = 1/7 of": -1.0 / 7.0,
    "It is 3 times too large": 3.0,
    "It is 3 times too small": 1.0 / 3.0,
    "It is m n = 7 x 3 times too large": 21.0,
    "It is m n = 7 x 3 times too small": 1.0 / 21.0,
}


def test_the_value_of_each_factor_is_what_its_sentence_says() -> None:
    for factor in FACTORS:
        says = factor.says.format(m=7, n=3)
        (meant,) = [value for begin, value in MEANT.items() if says.startswith(begin)]
        assert factor.value(7, 3) == pytest.approx(meant, rel=1e-12), says
    assert len(MEANT) == len(FACTORS)
