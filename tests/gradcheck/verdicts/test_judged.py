"""Entries with the verdicts on them."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.verdicts.judged import ClaimedEntries, Judged
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.slopes.measuring import measured

CLAIMS = np.array([2.0, 2.5, 0.0])


def judged(noise: float) -> Judged:
    """A right claim, a wrong one, and one of an entry that the cost does not depend on."""
    entries, slopes = measured(lambda w: 2.0 * (w[0] + w[1]), np.zeros(3), "forward")
    noisier = replace(slopes, noise=slopes.noise + noise * (CLAIMS > 0.0))
    return ClaimedEntries(entries, CLAIMS, 0.0).judged(noisier)


def test_the_entries_of_each_verdict() -> None:
    found = judged(noise=0.0)
    assert len(found) == 3
    assert found.where(Verdict.AGREE).tolist() == [0]
    assert found.have(Verdict.DISAGREE).tolist() == [False, True, False]
    assert found.where(Verdict.UNTESTED).tolist() == [2]


@pytest.mark.parametrize(
    ("noise", "sharp"),
    [
        (0.0, [True, False, False]),  # the second does not agree, and the third is untested
        (0.01, [False, False, False]),  # the first agrees, but within 4 %
    ],
)
def test_an_entry_is_sharp_if_it_agrees_within_one_percent(noise: float, sharp: list[bool]) -> None:
    assert judged(noise).sharp().tolist() == sharp
