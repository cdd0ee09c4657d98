"""The words of a report: what was found, what was not tested, and how sure that is."""

import re
from dataclasses import replace

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from gradcheck.show.numbers import scientific
from gradcheck.show.text import WIDTH, Table
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_words import disagreement
from tests.gradcheck.problems import problem, right
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    UNDECIDED,
    array_report,
    report_of,
)


def agreeing() -> Report:
    given = problem(3, 4, 2)
    return check_network(given.network, given.inputs, given.targets)


def disagreeing() -> Report:
    given = problem(3, 4, 2)
    gradients = right(given)
    gradients[2][1, 3] *= -1
    return check_network(given.network, given.inputs, given.targets, gradients=gradients)


def undecided() -> Report:
    return check_gradients(lambda _: 1.0, {"w": np.ones(2)}, {"w": np.zeros(2)})


def kinked() -> Report:
    w = np.array([0.0, 1.0])
    return check_gradients(lambda p: np.maximum(p["w"], 0.0).sum(), {"w": w}, {"w": w})


REPORTS = pytest.mark.parametrize("report", [agreeing, disagreeing, undecided, kinked])


def one_line(report: Report) -> str:
    return " ".join(str(report).split())


@REPORTS
def test_a_printed_report_is_ascii_and_80_columns_wide(report: object) -> None:
    assert callable(report)
    text = str(report())
    assert text.isascii()
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= WIDTH == 80


def test_every_array_has_a_row_of_counts_and_a_row_of_errors() -> None:
    report = agreeing()
    lines = str(report).splitlines()
    for array in report.arrays:
        counts, errors = (line.split() for line in lines if line.startswith(array.name))
        rows, columns = array.shape
        assert counts == [
            *array.name.split(),
            *(str(rows), "x", str(columns)),
            str(array.checked),
            *map(str, array.counts.values()),
        ]
        assert scientific(array.max_absolute_error) in errors
        assert scientific(array.relative_error) in errors
        assert scientific(array.error_bar[array.worst]) in errors
    total = next(line.split() for line in lines if line.startswith("all"))
    assert total == ["all", "26", "26", "0", "0", "0", "0"]


def test_the_sentence_of_agreement_says_what_would_have_been_seen() -> None:
    report = agreeing()
    text = one_line(report)
    assert "AGREE 26 of 26 entries agree with equation (46) within two error bars" in text
    (percent,) = re.findall(r"An array wrong by as little as ([0-9.e-]+) % would have been", text)
    excess = float(percent) / 100.0
    assert 0 < excess < 1e-3
    worst = max(array.resolution for array in report.arrays)
    assert excess == pytest.approx(worst, rel=0.5)  # one digit of it is told


def test_the_sentence_of_disagreement_names_the_worst_entry_with_both_values() -> None:
    report = disagreeing()
    array = report.arrays[2]
    text = one_line(report)
    assert "DISAGREE 1 of 26 entries contradict equation (46), in layer 2 weights." in text
    assert "At layer 2 weights [1, 3] backprop says" in text
    assert scientific(array.backprop[array.worst], 3) in text
    assert scientific(array.numerical[array.worst], 3) in text


def test_what_was_not_tested_is_said_so() -> None:
    text = one_line(undecided())
    assert "UNDECIDED No entry contradicts equation (46), but none could be confirmed in w" in text
    assert "This is not a pass" in text
    assert "Untested: 2 entries" in text
    assert "The cost did not change with any entry: does it use the arrays" in text


def test_a_kink_is_shown_with_both_slopes() -> None:
    text = one_line(kinked())
    found = re.findall(
        r"Kink: 1 entry of w\. At \[0\] the slope is (\S+) on one side and (\S+) on the other",
        text,
    )
    assert [float(number) for number in found[0]] == pytest.approx([0.0, 1.0], abs=1e-3)


def test_a_sample_is_said_to_be_one() -> None:
    given = problem(3, 4, 2)
    report = check_network(given.network, given.inputs, given.targets, sample=5)
    text = one_line(report)
    assert "A sample: 16 of 26 entries, drawn at random" in text
    assert "sampled" in text
    assert "sample" not in str(agreeing())


def test_other_schemes_are_called_by_their_names() -> None:
    given = problem(3, 4, 2)
    report = check_network(given.network, given.inputs, given.targets, scheme="complex")
    assert "agree with the complex scheme" in one_line(report)
    assert "(46)" not in str(report)


def test_html_has_every_cell_and_escapes_it() -> None:
    name = "<script>alert('&')</script>"
    report = agreeing()
    odd = replace(report, arrays=(replace(report.arrays[0], name=name), *report.arrays[1:]))
    text = odd._repr_html_()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in text
    for part in report.parts():
        if isinstance(part, Table):
            assert f"<caption>{part.title}</caption>" in text
    assert text.count("<table>") == text.count("</table>") == 2


def edge(claim: float = 1.0) -> Report:
    w = np.array([0.5, 1.0, 2.0])
    return check_gradients(
        lambda p: (p["w"][1:] ** 2).sum() if p["w"][0] == 0.5 else np.nan,
        {"w": w},
        {"w": np.array([claim, 2.0, 4.0])},
    )


def test_where_the_cost_is_not_finite_the_entry_is_named_and_nothing_passes() -> None:
    text = one_line(edge())
    assert "Not finite: the cost is NaN or infinite around w [0], however small the step." in text
    assert "These entries were not tested." in text
    assert "UNDECIDED No entry contradicts equation (46), but the cost is not finite around" in text
    assert "around 1 entry. This is not a pass." in text
    assert "Undecided:" not in text
    assert "Not finite" not in str(agreeing())


def test_undecided_entries_at_an_edge_are_not_counted_as_too_small() -> None:
    array = array_report([AGREE, UNDECIDED, UNDECIDED], error_bar=np.array([1e-3, np.inf, 5.0]))
    text = one_line(report_of(array))
    assert "Not finite: the cost is NaN or infinite around layer 1 weights [0, 2], however" in text
    assert "Undecided: 1 entry with a slope smaller than two error bars" in text


def test_several_entries_at_an_edge_are_counted() -> None:
    array = array_report([AGREE, UNDECIDED, UNDECIDED], error_bar=np.array([1e-3, np.inf, np.nan]))
    text = one_line(report_of(array, array_report([AGREE])))
    assert "around layer 1 weights [0, 2], and around 1 entry more, however small" in text
    assert "not finite around 2 entries. This is not a pass." in text


@pytest.mark.parametrize(
    ("backprop", "numerical", "texts"),
    [
        (2.0, 1.0, ("2.000e+00", "1.000e+00", "(factor 2)")),
        (1.0001, 1.0, ("1.0001e+00", "1.0000e+00", "(factor 1.0001)")),
        (-1.000000003, -1.0, ("-1.000000003e+00", "-1.000000000e+00", "(factor 1.000000003)")),
    ],
)
def test_two_numbers_that_differ_are_told_with_as_many_digits_as_differ(
    backprop: float, numerical: float, texts: tuple[str, str, str]
) -> None:
    array = array_report(
        [DISAGREE], backprop=[backprop], numerical=[numerical], error_bar=np.array([1e-10])
    )
    claim, estimate, factor = texts
    text = one_line(report_of(array))
    assert f"backprop says {claim}, equation (46) says {estimate} +/- 1.0e-10 {factor}." in text


def test_a_claim_that_is_no_number_has_no_factor() -> None:
    for claim, words in ((np.nan, "gives no number (NaN)"), (np.inf, "says inf")):
        array = array_report([DISAGREE], numerical=[2.0], backprop=[claim])
        text = disagreement([array], "forward")
        assert f"backprop {words}, equation (46) says 2.000e+00" in text
        assert "factor" not in text


def test_the_sharpness_is_told_in_percent() -> None:
    array = array_report([AGREE], error_bar=np.array([1.3e-6]))
    assert "An array wrong by as little as 0.0003 % would have been noticed" in one_line(
        report_of(array)
    )
    blunt = array_report([AGREE], error_bar=np.array([0.2]))
    assert "AGREE" not in one_line(report_of(blunt)).replace("DISAGREE", "")
    assert "none could be confirmed in layer 1 weights" in one_line(report_of(blunt))


def test_a_fault_of_an_engine_is_said_to_be_one() -> None:
    fault = EngineComparison(4, 12.5, "layer 1 weights", (0, 1))
    report = replace(report_of(array_report([AGREE])), comparison=fault)
    text = one_line(report)
    assert "FAULT The fast method and plain forward passes are 12.50 error bars apart" in text
    assert "at layer 1 weights [0, 1]" in text
    assert not report.ok
    fine = replace(report, comparison=replace(fault, bars=0.92))
    assert "at 4 entries: at most 0.92 error bars apart" in one_line(fine)
    assert fine.ok
