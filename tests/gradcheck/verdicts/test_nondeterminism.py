"""Costs that are not repeatable to the last bit: how much is allowed, and what it does."""

import re
from itertools import cycle
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from nets.errors import BadInput

W = np.array([1.0, -2.0, 0.5])


def unsteady(size: float) -> Any:
    """A cost that comes out higher or lower by ``size`` / 2, in turns of an odd length."""
    errors = cycle(np.array([0.5, -0.5, 0.25, -0.5, 0.5, -0.25, 0.0]) * size)
    return lambda w: (w**2).sum() + next(errors)


@pytest.mark.parametrize("size", [4e-15, 1e-11, 1e-9])
def test_it_is_refused_unless_it_is_allowed(size: float) -> None:
    message = "a difference of .*it cannot be, give a larger number as nondeterminism"
    with pytest.raises(BadInput, match=message):
        check_gradients(unsteady(size), W, 2 * W)
    with pytest.raises(BadInput, match="nondeterminism allows only"):
        check_gradients(unsteady(size), W, 2 * W, nondeterminism=size / 2)
    assert check_gradients(unsteady(size), W, 2 * W, nondeterminism=2 * size).ok


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point"])
@pytest.mark.parametrize("size", [4e-15, 1e-11])
def test_a_wrong_gradient_is_still_found(scheme: str, size: float) -> None:
    options: dict[str, Any] = {"scheme": scheme, "nondeterminism": 2 * size}
    assert check_gradients(unsteady(size), W, 2 * W, **options).ok
    assert not check_gradients(unsteady(size), W, 2 * W * [1, 1, -1], **options).ok
    assert not check_gradients(unsteady(size), W, 2.2 * W, **options).ok


def test_it_counts_as_noise_even_where_it_does_not_show() -> None:
    steady = check_gradients(lambda w: (w**2).sum(), W, 2 * W)
    loose = check_gradients(lambda w: (w**2).sum(), W, 2 * W, nondeterminism=1e-9)
    step = steady.epsilon * 2.0
    assert np.all(loose.arrays[0].error_bar > 0.5e-9 / step)
    assert np.all(loose.arrays[0].error_bar > 10 * steady.arrays[0].error_bar)


def test_the_report_shows_how_large_it_is() -> None:
    report = check_gradients(unsteady(1e-9), W, 2 * W, nondeterminism=2e-9)
    (remark,) = report.remarks
    found = re.search(r"differed by (\S+)\. .* up to 2\.0e-09 \(nondeterminism\)", remark)
    assert found is not None
    assert 0.0 < float(found[1]) <= 1e-9
    assert "Two costs of the same parameters differed by" in " ".join(str(report).split())
    assert report.to_dict()["remarks"] == [remark]
    assert check_gradients(lambda w: (w**2).sum(), W, 2 * W).remarks == ()


@pytest.mark.parametrize("wrong", [-1e-9, np.nan, np.inf, True, "1e-9", None, 1j, [0.0]])
def test_what_cannot_be_used(wrong: Any) -> None:
    with pytest.raises(BadInput, match="nondeterminism is"):
        check_gradients(lambda w: (w**2).sum(), W, 2 * W, nondeterminism=wrong)
