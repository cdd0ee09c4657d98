"""The names of wrong factors."""

import pytest

from gradcheck.homework.repairs.repair import CAUSES, Sizes

SIZES = Sizes((7,), (3,))
FACTORS = {
    -1.0: "sign-flipped",
    2.0: "factor-two",
    0.5: "factor-half",
    7.0: "not-divided-by-batch",
    1 / 7: "divided-twice",
    3.0: "not-divided-by-outputs",
    1 / 3: "divided-by-outputs",
    1.7: "constant-factor",
}


@pytest.mark.parametrize("factor", FACTORS)
def test_a_factor_has_the_name_of_its_mistake(factor: float) -> None:
    assert SIZES.cause_of_factor(factor) == FACTORS[factor]
    assert FACTORS[factor] in CAUSES


def test_a_size_that_is_not_known_gives_no_name() -> None:
    assert Sizes().cause_of_factor(7.0) == "constant-factor"
