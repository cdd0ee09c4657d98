"""What stands for a gradient that cannot be used."""

import numpy as np

from gradcheck.homework.finding import UNUSABLE
from gradcheck.homework.unusable_gradient import in_its_place, unusable


def test_nothing_agrees_with_it() -> None:
    assert in_its_place((2, 3)).shape == (2, 3)
    assert not np.any(np.isfinite(in_its_place((2, 3))))


def test_a_finding_for_each() -> None:
    assert unusable([]) == []
    (found,) = unusable(["For w it returned shape (3,)"])
    assert (found.kind, found.text) == (UNUSABLE, "For w it returned shape (3,).")
