"""The two tables of a report."""

from gradcheck.verdicts.report_tables import counts_table, errors_table
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, array_report, report_of

ARRAY = array_report([AGREE, DISAGREE], backprop=[1.0, 2.5])


def test_several_arrays_have_a_row_of_sums() -> None:
    report = report_of(ARRAY, array_report([AGREE, AGREE], name="biases"))
    rows = counts_table(report.arrays, report.counts, "title", "checked").rows
    assert [row[0] for row in rows] == ["layer 1 weights", "biases", "all"]
    assert rows[-1][2:5] == ("4", "3", "1")
    assert len(counts_table(report.arrays[:1], ARRAY.counts, "title", "checked").rows) == 1


def test_the_row_of_errors_is_about_the_worst_entry() -> None:
    (row,) = errors_table([ARRAY]).rows
    assert row[0] == "layer 1 weights"
    assert row[3] == "[1, 0]"
    assert row[4:7] == ("2.500e+00", "2.000e+00", "5.0e-01")
