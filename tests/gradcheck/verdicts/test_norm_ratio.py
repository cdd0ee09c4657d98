"""How far apart two gradients are."""

import numpy as np
import pytest

from gradcheck.verdicts.norm_ratio import norm_ratio


@pytest.mark.parametrize("scale", [5e-324, 1e-200, 1.0, 1e200, 1e307])
def test_the_norm_ratio_does_not_depend_on_the_scale(scale: float) -> None:
    one, other = scale * np.array([1.0, 2.0]), scale * np.array([3.0, 6.0])
    assert norm_ratio(one, other) == pytest.approx(0.5)
    assert norm_ratio(one, one) == 0.0
