"""What the code of a part claims as it is now."""

import warnings
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.repairs.claims_now import ClaimsNow, quiet
from gradcheck.homework.repairs.measured_array import MeasuredArray
from tests.gradcheck.homework.parts import W, part_of


class Code:
    """A cost and a gradient that change while Python runs."""

    factor, power = 3.0, 2.0
    error: Exception | None = None

    def cost(self, w: Any) -> float:
        return float(np.sum(np.abs(w) ** self.power))

    def gradient(self, w: Any) -> Any:
        if self.error is not None:
            raise self.error
        return self.factor * w


def claims(code: Code, *, reading: str = "as returned", divisor: float = 1.0) -> ClaimsNow:
    measured = MeasuredArray(0, np.arange(3), 2 * W, np.full(3, 1e-6), is_wrong=True)
    return ClaimsNow(part_of(code.cost, code.gradient), [W], [measured], reading, divisor)


def test_gradients_that_become_right_are_mended() -> None:
    code = Code()
    found = claims(code)
    assert found.wrong == {0}
    assert found.mended_by(found.gradients(None)) == ()
    code.factor = 2.0
    assert found.mended_by(found.gradients(None)) == (0,)
    assert found.mended_by(None) == ()


def test_a_convention_is_divided_out() -> None:
    found = claims(Code(), divisor=1.5)
    assert found.mended_by(found.gradients(None)) == (0,)


def test_code_that_fails_or_is_read_otherwise_has_no_gradients() -> None:
    code = Code()
    found = claims(code)
    code.error = ValueError()
    assert found.gradients(None) is None
    assert claims(Code(), reading="transposed").gradients(None) is None


def test_whether_anything_changed() -> None:
    code = Code()
    found = claims(code)
    assert found.is_unchanged([3.0 * W])
    assert not found.is_unchanged([2.0 * W])
    assert not claims(Code(), reading="transposed").is_unchanged([3.0 * W])


@pytest.mark.parametrize(("power", "same"), [(2.0, True), (2.0 + 1e-12, True), (3.0, False)])
def test_the_cost_must_stay_the_same(power: float, same: bool) -> None:
    code = Code()
    found = claims(code)
    code.power = power
    assert found.has_same_cost(None) is same


def test_neither_warnings_nor_printed_lines_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with quiet():
        warnings.warn("wrong", stacklevel=1)
        print("wrong", np.float64(1.0) / np.zeros(()))
    assert capsys.readouterr().out == ""
