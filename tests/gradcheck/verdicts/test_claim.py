"""A claim at some of its entries."""

import numpy as np

from gradcheck.verdicts.claim import Claim


def test_entries_are_those_of_the_flattened_arrays() -> None:
    values = np.arange(6.0).reshape(2, 3)
    claim = Claim("w", None, "w", values, 10.0 * values, round_off=0.1 * values)
    gradient, round_off = claim.at(np.array([4, 1]))
    assert np.asarray(gradient).tolist() == [40.0, 10.0]
    assert np.asarray(round_off).tolist() == [0.4, 0.1]


def test_a_round_off_that_is_not_known_is_0() -> None:
    claim = Claim("w", None, "w", np.ones(3), np.ones(3))
    assert claim.at(np.array([2]))[1] == 0.0
