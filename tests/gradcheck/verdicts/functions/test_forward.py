"""What one call of forward gave: outputs may be tuples of arrays."""

import numpy as np

from gradcheck.verdicts.functions.forward import Forward
from gradcheck.verdicts.functions.inputs import Arguments

ONE, TWO, THREE = (np.full(2, k) for k in (1.0, 2.0, 3.0))
DONE = Forward(Arguments((), {}), (ONE, (TWO, THREE)), ())


def test_arrays_are_listed_in_order() -> None:
    assert [array[0] for array in DONE.arrays] == [1.0, 2.0, 3.0]


def test_arriving_gradients_are_packed_like_the_outputs() -> None:
    first, second = DONE.packed([THREE, TWO, ONE])
    assert first is THREE
    assert second == (TWO, ONE)
