"""How many entries have which error."""

import numpy as np

from gradcheck.verdicts.page.histogram import errors_in_bars_table, histogram
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, UNTESTED, array_report

ARRAY = array_report(
    [AGREE, AGREE, AGREE, DISAGREE, DISAGREE, UNTESTED],
    numerical=np.zeros(6),
    backprop=[0.0, 0.5, 1.5, 30.0, np.nan, 0.0],
    error_bar=np.ones(6),
)


def test_every_entry_is_counted_in_its_bar() -> None:
    found = histogram(ARRAY)
    right = {i: count for i, count in enumerate(found["right"]) if count}
    wrong = {i: count for i, count in enumerate(found["wrong"]) if count}
    # Five bars for each power of ten, from 1e-4.
    assert right == {0: 1, 18: 1, 20: 1}
    assert wrong == {27: 1, 59: 1}


def test_the_table_counts_them_too() -> None:
    assert errors_in_bars_table([ARRAY]).rows == (
        ("layer 1 weights", "1", "1", "1", "0", "1", "1"),
    )
