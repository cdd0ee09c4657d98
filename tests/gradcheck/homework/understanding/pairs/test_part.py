"""A pair as a part: right gradients fit the cost, wrong ones do not."""

from typing import Any

from gradcheck.homework.understanding.pairs.part import PairRead, read_trial
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    trials_of,
)


def read(*functions: Any) -> PairRead:
    return read_trial(trials_of(*functions)[0], 0, caller())


def test_a_right_pair_fits_everywhere() -> None:
    found = read(affine_forward, affine_backward)
    assert found.fits_everywhere()
    assert found.inputs == [True, False, False]
    part = found.part("affine", ())
    assert [array.name for array in part.arrays] == ["x", "w", "b"]
    assert part.batch_size == 4


def test_a_wrong_pair_does_not() -> None:
    def backward(dout: Any, cache: Any) -> Any:
        dx, dw, db = affine_backward(dout, cache)
        return dx, dw, db / 2.0

    backward.__name__ = "affine_backward"
    assert not read(affine_forward, backward).fits_everywhere()
