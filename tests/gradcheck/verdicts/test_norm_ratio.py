"""How far apart two gradients are."""

import numpy as np
import pytest

from gradcheck.verdicts.norm_ratio import norm_ratio


@pytest.mark.parametrize("scale", [5e-324, 1e-200, 1.0, 1e200, 1e307])
def test_the_norm_ratio_does_not_depend_on_the_scale(scale: float) -> None:
    one, other = scale * np.array([1.0, 2.0]), scale * np.array([3.0, 6.0])
    assert norm_ratio(one, other) == pytest.approx(0.5)
    assert norm_ratio(one, one) == 0.0


@pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("beside", [1.0, 1.7e308])
def test_an_entry_that_is_not_finite_gives_nan_without_a_warning(odd: float, beside: float) -> None:
    one, other = np.array([odd, beside]), np.array([1.0, beside])
    for pair in ((one, other), (other, one), (one, one)):
        assert np.isnan(norm_ratio(*pair))
