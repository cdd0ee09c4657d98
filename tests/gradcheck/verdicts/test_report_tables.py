"""The two tables of a report."""

from gradcheck.verdicts.report_tables import counts_table, errors_table, short_table
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


def test_the_short_table_keeps_the_array_that_the_diagnosis_is_about() -> None:
    small = array_report([DISAGREE], name="biases", backprop=[5.0])
    report = report_of(ARRAY, array_report([DISAGREE] * 2, name="weights"), small)
    shown = short_table(report.arrays, report.counts, 1, to_mend=["biases"])
    assert [row[0] for row in shown.rows] == ["biases", "2 other arrays"]
    by_counts = short_table(report.arrays, report.counts, 1)
    assert [row[0] for row in by_counts.rows] == ["weights", "2 other arrays"]


def test_an_array_that_agrees_is_not_kept_for_the_diagnosis() -> None:
    right = array_report([AGREE], name="biases")
    report = report_of(ARRAY, right)
    shown = short_table(report.arrays, report.counts, 1, to_mend=["biases"])
    assert shown.rows[0][0] == "layer 1 weights"
