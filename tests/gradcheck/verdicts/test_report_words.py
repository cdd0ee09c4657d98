"""The words of a report: what was found, what was not tested, and how sure that is."""

import re
from dataclasses import replace

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from gradcheck.show.numbers import scientific
from gradcheck.show.text import WIDTH, Table
from gradcheck.verdicts.report import Report
from tests.gradcheck.problems import problem, right


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
