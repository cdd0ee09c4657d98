"""Arrays that are judged stretch by stretch."""

import numpy as np
import pytest

from gradcheck.verdicts import stretches as module
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.stretches import FoundArray, stretches_of
from nets.arrays import HostArray
from tests.gradcheck.slopes.measuring import all_entries


def part(entries: HostArray, claimed: float = 1.0) -> ArrayReport:
    ones = np.ones(len(entries))
    return ArrayReport(
        name="w",
        layer=None,
        parameter="w",
        shape=(10,),
        entries=entries,
        backprop=claimed * ones,
        numerical=ones,
        error_bar=1e-6 * ones,
        verdicts=np.full(len(entries), int(claimed != 1.0), dtype=np.int8),
        lowest_slope=ones,
        highest_slope=ones,
    )


def test_stretches_have_all_entries_in_their_order() -> None:
    entries = all_entries(lambda w: w.sum(), np.arange(10.0), "forward")
    cut = stretches_of(entries, 4)
    assert [some.entries.tolist() for some in cut] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert stretches_of(entries, 10) == [entries]
    # Not 9 and 1: all wait for the longest.
    assert [len(some.entries) for some in stretches_of(entries, 9)] == [5, 5]


@pytest.mark.parametrize("most_held", [5, 100])
def test_an_array_in_stretches_counts_as_one_array(
    most_held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_HELD", most_held)
    monkeypatch.setattr(module, "SMALL", 2)
    told: list[int] = []
    found = FoundArray(10, 10, lambda each: told.append(len(each.entries)))
    found.add(part(np.arange(6)))
    found.add(part(np.arange(6, 10), claimed=2.0))
    report = found.report()
    assert told == [6, 4]
    assert report.counts["agree"] == 6
    assert report.counts["disagree"] == 4
    assert report.checked == 10
