"""The entries to look at first."""

import numpy as np

from gradcheck.verdicts.page.worst_entries import HEADINGS, worst_entries
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, UNTESTED, array_report

ONE = array_report(
    [AGREE, DISAGREE, UNTESTED],
    numerical=[1.0, 2.0, 0.0],
    backprop=[1.0015, 2.01, 0.0],
)
OTHER = array_report([AGREE, DISAGREE], name="other", numerical=[1.0, 2.0], backprop=[1.0, np.nan])


def test_disagreements_come_first_and_untested_entries_not_at_all() -> None:
    rows = [tuple(cell.text for cell in row) for row in worst_entries([ONE, OTHER], 10)]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("other", "[1, 0]", "disagree"),
        ("layer 1 weights", "[0, 2]", "disagree"),
        ("layer 1 weights", "[0, 1]", "agree"),
        ("other", "[0, 1]", "agree"),
    ]
    assert rows[1][3:] == ("10.00", "2.010e+00", "2.000e+00", "1.0e-02", "1.0e-03")


def test_no_more_rows_than_asked_for_each_with_all_columns() -> None:
    rows = worst_entries([ONE, OTHER], 2)
    assert len(rows) == 2
    assert all(len(row) == len(HEADINGS) for row in rows)
    assert [rows[0][0].key, rows[0][2].key, rows[1][4].key] == [1.0, "disagree", 2.01]
