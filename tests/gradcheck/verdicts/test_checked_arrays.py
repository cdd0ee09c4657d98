"""Arrays and claims are brought to float64, or refused in one line."""

from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.checked_arrays import claim_of, promoted_array
from nets.errors import BadInput

W = np.arange(6.0).reshape(2, 3)


def test_arrays_become_float64_in_their_own_shape() -> None:
    found = promoted_array("w", W.astype("f4"))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, W)


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([1.0, np.nan]), "w contains NaN or infinity"),
        (np.array(["text"]), "w .*text|w .*dtype"),
    ],
)
def test_arrays_that_are_no_finite_numbers(array: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        promoted_array("w", array)


def test_a_claim_in_float32_is_marked() -> None:
    assert claim_of("w", None, "w", W, W.astype("f4")).is_single
    assert not claim_of("w", None, "w", W, W).is_single
    assert claim_of("c", None, "c", np.float64(2.0), 3).gradient == 3.0


@pytest.mark.parametrize(
    ("gradient", "words"),
    [
        (W.T, r"gradient of w has shape \(3, 2\); it should be \(2, 3\)"),
        ([1.0], "gradient of w is a list; it should be an array of shape"),
        (W * 1j, "gradient of w has dtype complex128; give real numbers"),
    ],
)
def test_claims_that_do_not_fit(gradient: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        claim_of("w", None, "w", W, gradient)
